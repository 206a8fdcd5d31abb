// A registry with 10 agents, 10,000 mixed tasks, and a pool of which one instance in a hundred tasks is killed
//
// npm run bench -- agents [--json] [--tasks N]
// --json     figures for machines
// --tasks N  tasks (default 10000)
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleScript } from './pool-bundles.mjs';
import { runNode } from './run-node.mjs';

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, tasks: { type: 'string', default: '10000' } },
});

function text({ tasks, outcomes, poisoned, killed, successRate, availability, elapsedMs, ...figures }) {
  const { routingMs, waitMs, runMs, memory, retried } = figures;
  const percent = (share) => `${(share * 100).toFixed(2)} %`;
  const ms = ({ p50, p99 }) => `${p50.toFixed(2)} ms (median), ${p99.toFixed(2)} ms (99 %)`;
  const MB = (bytes) => `${Math.round(bytes / 1e6)} MB`;
  return [
    `${tasks} tasks in ${(elapsedMs / 1000).toFixed(1)} s: ${outcomes.done} done, ${outcomes.refused} refused as they should be, ${outcomes.failed} failed`,
    `${killed} instances killed; of the ${poisoned} tasks that kill each of theirs, ${outcomes.failed} failed; ${retried} tries on another agent`,
    `success of the others ${percent(successRate)}, availability ${percent(availability)}`,
    `finding the agent ${ms(routingMs)}; waiting ${ms(waitMs)}; running ${ms(runMs)}`,
    `memory of the process at half of the tasks ${MB(memory[Math.floor(memory.length / 2)])}, at the end ${MB(memory.at(-1))}`,
    `load ${loadavg()
      .map((value) => value.toFixed(1))
      .join(' ')}`,
  ].join('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'booster-bench-'));
try {
  const program = await bundleScript('agents-load', folder);
  const worker = pathToFileURL(fileURLToPath(new URL('agents-kill-worker.cjs', import.meta.url))).href;
  const { exitCode, output } = await runNode([program, flags.tasks, worker], folder, { limitMs: 1_200_000 });
  if (exitCode !== 0) throw new Error(output);
  const report = JSON.parse(output);
  if (report.wrong.length > 0 || report.settled !== report.tasks) throw new Error(`wrong ends: ${output}`);
  console.log(flags.json ? JSON.stringify(report, null, 2) : text(report));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
