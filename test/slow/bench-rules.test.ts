import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchRules } from '../../scripts/bench-rules.mjs';
import { digestValue } from '../../scripts/digest-value.mjs';
import { quantile } from '../../scripts/measure-ratio.mjs';
import { newRule } from '../../scripts/new-rule.mjs';
import { temporaryCheckout } from '../rules/harness/temporary-checkout.ts';

/** A checkout with one rule, the template, and one workload of a single small size. */
async function checkoutWith(source: string, input = '(size) => new Array(size).fill(1)'): Promise<string> {
  const root = await temporaryCheckout();
  await newRule(root, 'planted-rule');
  const bench = `export default [{ name: 'planted', source: ${JSON.stringify(source)}, input: ${input}, sizes: [3] }];\n`;
  await writeFile(join(root, 'src/rules/planted-rule/bench.ts'), bench);
  return root;
}

async function measure(root: string): Promise<{ lines: string[]; measured: unknown }> {
  const lines: string[] = [];
  const measured = await benchRules(root, ['planted-rule'], (line: string) => lines.push(line));
  return { lines, measured };
}

test('a workload is measured as written and as rewritten, in processes of their own', async () => {
  const { lines, measured } = await measure(
    await checkoutWith('export function run(xs: number[]): number { return [...xs].length; }\n'),
  );
  expect(lines[1]).toMatch(/^planted-rule +planted +3 +[\d.]+ ns +[\d.]+ ns +[\d.]+× +[\d.]+–[\d.]+$/);
  const node = process.versions.node.split('.').slice(0, 2).join('.');
  expect(measured).toEqual({ 'planted-rule': [{ name: 'planted', size: 3, ratio: expect.any(Number), node }] });
});

test('a workload that uses up its input gets a new one for every call', async () => {
  const source =
    'export function run(xs: number[]): number { if (xs.length !== 3) throw new Error(`used input`); xs.pop(); return [...xs].length; }\n';
  const { lines } = await measure(await checkoutWith(source));
  expect(lines).toHaveLength(2);
});

test('an async workload is awaited', async () => {
  const source = 'export async function run(xs: number[]): Promise<number> { await null; return [...xs].length; }\n';
  const { lines } = await measure(await checkoutWith(source));
  expect(lines).toHaveLength(2);
});

test('a workload that means something else when rewritten is refused', async () => {
  const source =
    'export function run(xs: number[]): string { return String([...xs].length) + run.toString().length; }\n';
  await expect(measure(await checkoutWith(source))).rejects.toThrow('gives another result');
});

test('a workload that the rule does not rewrite is refused', async () => {
  const source = 'export function run(xs: number[]): number { return xs.length; }\n';
  await expect(measure(await checkoutWith(source))).rejects.toThrow('does not rewrite its workload "planted"');
});

test('a workload that throws is an error with its message', async () => {
  const source = 'export function run(xs: number[]): number { throw new RangeError(`planted` + [...xs].length); }\n';
  await expect(measure(await checkoutWith(source))).rejects.toThrow('RangeError: planted3');
});

test('quantiles lie between the neighbours', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3], 0.25)).toBe(1.5);
  expect(quantile([7], 0.9)).toBe(7);
});

test('equal values have equal digests, in whatever depth', () => {
  const chain = (length: number): unknown => {
    let list: unknown = null;
    for (let index = 0; index < length; index += 1) list = { index, list };
    return list;
  };
  expect(digestValue(chain(100_000))).toBe(digestValue(chain(100_000)));
  expect(digestValue(chain(100_000))).not.toBe(digestValue(chain(100_001)));
});

test.each<[unknown, unknown]>([
  [0, -0],
  [1, '1'],
  [[1, 2], [2, 1]], // oxfmt-ignore
  [[], {}],
  [new Array(1), [undefined]],
  [{ a: 'b;c' }, { a: 'b', c: undefined }],
  [new Map([[1, 2]]), new Map([[2, 1]])],
  [new Uint8Array([1]), new Uint8Array([2])],
])('digests of %j and %j differ', (a, b) => {
  expect(digestValue(a)).not.toBe(digestValue(b));
});

test('the digest of a circle ends', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect(digestValue(circle)).toBe(digestValue(circle));
});
