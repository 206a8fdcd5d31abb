// Merging edits: how many come out exactly, wrong or refused, beside agent-booster; latency; cold process
//
// npm run bench -- apply [--json] [--write] [--rounds N]
// --json      figures for machines
// --write     store the figures in docs/benchmarks.md
// --rounds N  rounds of the cold process (default 15)
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { apply } from '../bench/apply-adapter.mjs';
import { applyCases } from './apply-cases.mjs';
import { limitCases } from './apply-limits.mjs';
import { applySection, applyText } from './apply-report.mjs';
import { interleave } from './interleave.mjs';
import { withPart } from './page-part.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '15' },
  },
});

const cases = applyCases(join(root, 'node_modules'));
const first = {};
const engines = {};
for (const [name, applyOne] of [
  ['booster', apply],
  ['agent-booster', await agentBooster()],
]) {
  // in the first round V8 still compiles: it is told apart from the one that counts as warm
  first[name] = (await score(cases, applyOne)).all.wall;
  engines[name] = await score(cases, applyOne);
}
const cold = coldProcess({ rounds: Number(flags.rounds) });
const processor = coldProcess({ rounds: Number(flags.rounds), clock: 'processor' });
const limits = await timeLimits();
const report = { cases: cases.length, engines, first, cold, processor, limits };
if (flags.write) {
  const page = join(root, 'docs/benchmarks.md');
  writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'apply', applySection(report)));
}
console.log(flags.json ? JSON.stringify(report, null, 2) : applyText(report));

/** Its wrapper, called as its README says; what it prints goes nowhere. */
async function agentBooster() {
  const { AgentBooster } = createRequire(import.meta.url)('agent-booster');
  const booster = new AgentBooster();
  return async ({ code, edit, language }) => {
    const { success, output } = await booster.apply({ code, edit, language });
    return { ok: success, output };
  };
}

/** @returns for each variant and for `all` the counts, and the percentiles of wall and processor time in milliseconds */
async function score(all, applyOne) {
  const sets = {};
  for (const one of all) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const outcome = await applyOne(one).catch(() => ({ ok: false }));
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    const verdict = verdictOf(outcome, one.expected);
    for (const key of [one.variant, 'all']) {
      sets[key] ??= { cases: 0, exact: 0, whitespace: 0, wrong: 0, refused: 0, wall: [], processor: [] };
      sets[key].cases += 1;
      sets[key][verdict] += 1;
      sets[key].wall.push(wall);
      sets[key].processor.push((user + system) / 1000);
    }
  }
  for (const set of Object.values(sets)) {
    set.wall = percentiles(set.wall);
    set.processor = percentiles(set.processor);
  }
  return sets;
}

/** Files of a megabyte and edits of 10,000 lines: what became of each, and the best of three times in milliseconds. */
async function timeLimits() {
  const rows = [];
  for (const { extension, kind, code, edit, expected, filename } of limitCases()) {
    let ms = Infinity;
    let outcome;
    for (let round = 0; round < 3; round += 1) {
      const start = performance.now();
      outcome = await apply({ code, edit, path: filename });
      ms = Math.min(ms, performance.now() - start);
    }
    const result = outcome.ok ? (outcome.output === expected ? 'exact' : 'wrong') : outcome.error.split(' ')[0];
    rows.push({ extension, kind, lines: edit.split('\n').length - 1, ms, result });
  }
  return rows;
}

function percentiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p99: at(0.99), maximum: sorted.at(-1) };
}

function verdictOf({ ok, output }, expected) {
  if (!ok) return 'refused';
  if (output === expected) return 'exact';
  const solid = (text) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join('\n');
  return solid(output) === solid(expected) ? 'whitespace' : 'wrong';
}

/** Whole processes on one file of 500 lines, in turns: an empty Node, ours, agent-booster's. */
function coldProcess({ rounds, clock = 'wall' }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-apply-'));
  try {
    const functions = Array.from(
      { length: 125 },
      (_, at) => `function step${at}(value) {\n  return value + ${at};\n}\n`,
    );
    const file = join(folder, 'file.js');
    const edit = join(folder, 'edit.js');
    const snippet = 'function step60(value) {\n  return value * 60;\n}\n';
    writeFileSync(file, functions.join('\n'));
    writeFileSync(edit, snippet);
    const peer = join(root, 'node_modules/agent-booster/dist/cli.js');
    const commands = {
      'node -e 0': { args: ['-e', '0'] },
      booster: {
        args: [join(root, 'bin/booster.cjs'), 'apply', file, '--edit', edit, '--isolated', '--no-cache'],
        cwd: folder,
      },
      'agent-booster': { args: [peer, 'apply', file, snippet, '--dry-run'], cwd: folder, exitCodes: [0, 1] },
    };
    return interleave(commands, { rounds, clock, base: 'node -e 0', warmUp: 2 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
