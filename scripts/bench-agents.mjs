// A registry with 10 agents, 10,000 mixed tasks, and a pool of which one instance in a hundred tasks is killed
//
// npm run bench -- agents [--json] [--write] [--tasks N]
// --json     figures for machines
// --write    store the figures in docs/benchmarks.md
// --tasks N  tasks (default 10000)
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { agentRows, reportSection, reportText } from './agents-report.mjs';
import { spread } from './interleave.mjs';
import { withPart } from './page-part.mjs';
import { bundleScript } from './pool-bundles.mjs';
import { runNode } from './run-node.mjs';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    tasks: { type: 'string', default: '10000' },
  },
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
  const rows = agentRows(report);
  if (flags.write) {
    const page = join(root, 'docs', 'benchmarks.md');
    const about =
      'One registry with 10 agents and a pool of 5 to 6 instances; 60 tasks are on their way at a time, of all types; what runs on an ' +
      'instance may kill it.';
    const section = reportSection(rows, { title: 'Agents', command: 'agents', about });
    writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'agents', section));
  }
  console.log(flags.json ? JSON.stringify(report, null, 2) : reportText(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
