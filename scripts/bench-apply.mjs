// Merging edits: how many come out exactly, wrong or refused, beside agent-booster; latency; cold process
//
// npm run bench -- apply [--json] [--rounds N]
// --json      figures for machines
// --rounds N  rounds of the cold process (default 15)
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { apply } from '../bench/apply-adapter.mjs';
import { applyCases } from './apply-cases.mjs';
import { interleave } from './interleave.mjs';
import { table } from './markdown.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '15' } },
});

const cases = applyCases(join(root, 'node_modules'));
const ours = await score(cases, apply);
const theirs = await score(cases, await agentBooster());
const cold = coldProcess(Number(flags.rounds));
if (flags.json) console.log(JSON.stringify({ cases: cases.length, ours, theirs, cold }, null, 2));
else print();

/** Its wrapper, called as its README says; what it prints goes nowhere. */
async function agentBooster() {
  const { AgentBooster } = createRequire(import.meta.url)('agent-booster');
  const booster = new AgentBooster();
  return async ({ code, edit, language }) => {
    const { success, output } = await booster.apply({ code, edit, language });
    return { ok: success, output };
  };
}

/** @returns for each variant and for `all` the counts, and the percentiles of the time in milliseconds */
async function score(all, applyOne) {
  const counts = {};
  const times = [];
  for (const one of all) {
    const start = performance.now();
    const outcome = await applyOne(one).catch(() => ({ ok: false }));
    times.push(performance.now() - start);
    const verdict = verdictOf(outcome, one.expected);
    for (const key of [one.variant, 'all']) {
      counts[key] ??= { cases: 0, exact: 0, whitespace: 0, wrong: 0, refused: 0 };
      counts[key].cases += 1;
      counts[key][verdict] += 1;
    }
  }
  times.sort((a, b) => a - b);
  const percentile = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { counts, ms: { p50: percentile(0.5), p99: percentile(0.99), max: times.at(-1) } };
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
function coldProcess(rounds) {
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
    return interleave(commands, { rounds, base: 'node -e 0', warmUp: 2 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print() {
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
  const rows = Object.entries(ours.counts).flatMap(([variant]) =>
    [
      ['booster', ours],
      ['agent-booster', theirs],
    ].map(([name, { counts }]) => {
      const { cases: total, exact, whitespace, wrong, refused } = counts[variant];
      return [variant, name, total, ...[exact, wrong, refused, whitespace].map((part) => percent(part, total))];
    }),
  );
  const head = ['variant', 'engine', 'cases', 'exact', 'silently wrong', 'refused', 'whitespace only'];
  console.log(table([head, ...rows]));
  for (const [name, { ms }] of [
    ['booster', ours],
    ['agent-booster', theirs],
  ])
    console.log(
      `${name}, warm: p50 ${ms.p50.toFixed(2)} ms, p99 ${ms.p99.toFixed(1)} ms, longest ${ms.max.toFixed(0)} ms`,
    );
  const times = Object.entries(cold).map(
    ([name, { ms, ratio }]) => `${name} ${ms.median.toFixed(0)} ms (${ratio.median.toFixed(1)} ×)`,
  );
  console.log(`cold process, file of 500 lines: ${times.join(', ')}`);
}
