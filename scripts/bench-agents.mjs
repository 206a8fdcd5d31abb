// A registry with 10 agents, 10,000 mixed tasks, and a pool of which one instance in a hundred tasks is killed
//
// npm run bench -- agents [--json] [--tasks N]
// --json     figures for machines
// --tasks N  tasks (default 10000)
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { spread } from './interleave.mjs';
import { bundleScript } from './pool-bundles.mjs';
import { runNode } from './run-node.mjs';

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, tasks: { type: 'string', default: '10000' } },
});

const starts = 10;

/** Milliseconds of `initialize()` of a registry, and of making its first agent, in processes of their own, by the built library. */
async function measureStarts(folder) {
  const library = new URL('../dist/index.js', import.meta.url).href;
  const program = join(folder, 'start.mjs');
  writeFileSync(
    program,
    `import { BoosterAgentRegistry } from ${JSON.stringify(library)};
const registry = new BoosterAgentRegistry({ projectFolder: ${JSON.stringify(root)} });
const begun = performance.now();
await registry.initialize();
const initializeMs = performance.now() - begun;
await registry.createAgent('code-booster');
console.log(JSON.stringify({ initializeMs, createAgentMs: performance.now() - begun - initializeMs }));
`,
  );
  const figures = [];
  for (let round = 0; round <= starts; round += 1) {
    const { exitCode, output } = await runNode([program], folder);
    if (exitCode !== 0) throw new Error(output);
    // the first one fills the caches of the disk
    if (round > 0) figures.push(JSON.parse(output));
  }
  return {
    initializeMs: spread(figures.map(({ initializeMs }) => initializeMs)),
    initializeMaximumMs: Math.max(...figures.map(({ initializeMs }) => initializeMs)),
    createAgentMs: spread(figures.map(({ createAgentMs }) => createAgentMs)),
  };
}

function text({ start, ...report }) {
  const { tasks, outcomes, poisoned, killed, successRate, availability, elapsedMs, retried, memory } = report;
  const percent = (share) => `${(share * 100).toFixed(2)} %`;
  const MB = (bytes) => `${Math.round(bytes / 1e6)} MB`;
  const ms = (value) => `${value.toFixed(2)} ms`;
  const latency = ({ p50, p99, maximum }) => `${ms(p50)} | ${ms(p99)} | ${ms(maximum)}`;
  const load = loadavg().map((value) => value.toFixed(1));
  return [
    '| What | Figure |',
    '| --- | --- |',
    `| tasks | ${tasks} in ${(elapsedMs / 1000).toFixed(1)} s: ${outcomes.done} done, ${outcomes.refused} refused as they should be, ${outcomes.failed} failed |`,
    `| instances killed | ${killed}; of ${poisoned} tasks that kill every instance, ${report.failures.E_TASK_QUARANTINED ?? 0} ended with E_TASK_QUARANTINED; ${retried} tries on another agent |`,
    `| success of the others | ${percent(successRate)} |`,
    `| availability | ${percent(availability)} |`,
    `| memory of the process | ${MB(memory[Math.floor(memory.length / 2)])} at half of the tasks, ${MB(memory.at(-1))} at the end |`,
    `| \`initialize()\` of a registry | ${ms(start.initializeMs.median)}, at most ${ms(start.initializeMaximumMs)}; first agent ${ms(start.createAgentMs.median)} |`,
    '',
    '| Time | median | 99 % | maximum |',
    '| --- | --- | --- | --- |',
    `| finding the agent | ${latency(report.routingMs)} |`,
    `| waiting | ${latency(report.waitMs)} |`,
    `| running | ${latency(report.runMs)} |`,
    '',
    `load ${load.join(' ')}, Node ${process.versions.node}`,
  ].join('\n');
}

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'booster-bench-'));
try {
  const start = await measureStarts(folder);
  const program = await bundleScript('agents-load', folder);
  const worker = pathToFileURL(fileURLToPath(new URL('agents-kill-worker.cjs', import.meta.url))).href;
  const { exitCode, output } = await runNode([program, flags.tasks, worker], folder, { limitMs: 1_200_000 });
  if (exitCode !== 0) throw new Error(output);
  const report = { ...JSON.parse(output), start };
  if (report.wrong.length > 0 || report.settled !== report.tasks) throw new Error(`wrong ends: ${output}`);
  console.log(flags.json ? JSON.stringify(report, null, 2) : text(report));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
