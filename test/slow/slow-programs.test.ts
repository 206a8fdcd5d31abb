import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { rewriteWith } from '../rules/harness/check-rewrite.ts';

/** A program of fixtures/slow/programs: its input grows with `size`, and it is slow at the size that it names. */
interface Program {
  readonly size: number;
  run(size: number): unknown;
}

const folder = fileURLToPath(new URL('../../fixtures/slow/programs/', import.meta.url));
const names = readdirSync(folder).sort();
/** Each program gains far more on a quiet machine; this much it must gain on any. */
const leastGain = 2;
const rounds = 5;

/** Rules that lower the cost class: of each, a program must show what that means. */
const algorithmic = rules
  .filter(({ meta: { complexity } }) => /²|·m|n log n/.test(complexity.before) || complexity.after === 'O(1)')
  .map(({ meta }) => meta.id)
  .sort();
const shown = new Set<string>();

async function load(source: string): Promise<Program> {
  const { code } = transformSync(source, { loader: 'ts', target: 'node20' });
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Program;
}

function timeMs(program: Program): number {
  const started = performance.now();
  program.run(program.size);
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Median of the ratios of neighbouring runs, whose order changes from round to round. */
function gain(before: Program, after: Program): number {
  const ratios = Array.from({ length: rounds }, (_, round) => {
    const [first, second] = round % 2 === 0 ? [before, after] : [after, before];
    const [one, two] = [timeMs(first), timeMs(second)];
    return round % 2 === 0 ? one / two : two / one;
  });
  return median(ratios);
}

describe('slow programs', () => {
  test.each(names)('%s gives the same after optimize, at least twice as fast', async (name) => {
    const input = readFileSync(folder + name, 'utf8');
    const { text, result } = rewriteWith(rules, { input, language: 'typescript', level: 'aggressive' });
    const applied = result.findings.filter(({ status }) => status === 'applied').map(({ ruleId }) => ruleId);
    for (const id of applied) shown.add(id);
    const [before, after] = [await load(input), await load(`${text}\n// rewritten\n`)];
    expect(isDeepStrictEqual(before.run(before.size), after.run(after.size))).toBe(true);
    const ratio = gain(before, after);
    console.log(`${name}: ${ratio.toFixed(1)} × (${applied.join(', ')})`);
    expect(ratio).toBeGreaterThan(leastGain);
  });

  test('there are ten, and they show every rule that lowers the cost class', () => {
    expect(names.length).toBeGreaterThanOrEqual(10);
    expect([...shown].filter((id) => algorithmic.includes(id)).sort()).toEqual(algorithmic);
  });
});
