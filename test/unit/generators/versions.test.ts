import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { generateCode } from '../../../src/app/generate-code.ts';
import { lintErrors, typeErrors } from './judge-code.ts';

const changed = `export function total(items: readonly { price: number; count?: number }[], tax: number | null): number {
  let sum = 0;
  for (const { price, count = 1 } of items) sum += price * count;
  return sum * (1 + (tax ?? 0));
}
`;
const original = `export function total(items: readonly { price: number; count?: number }[], tax: number | null): number {
  return items.reduce((sum, { price, count = 1 }) => sum + price * count, 0) * (1 + (tax ?? 0));
}
`;

async function generated(generator: string, options: Record<string, string> = {}, input = changed): Promise<string> {
  const { files } = await generateCode({
    generator,
    name: 'total',
    input,
    inputName: 'src/total.ts',
    filename: `src/total.${generator}.test.ts`,
    options: { against: './total.before.ts', ...options },
  });
  return files[0]!.contents;
}

/** `passed` or `failed`: what vitest says of the one test. */
async function verdict(test: string, before: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(import.meta.dirname, '.run-'));
  try {
    writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {};\n');
    writeFileSync(join(folder, 'total.ts'), changed);
    writeFileSync(join(folder, 'total.before.ts'), before);
    writeFileSync(join(folder, 'total.test.ts'), test);
    const vitest = join(process.cwd(), 'node_modules/vitest/vitest.mjs');
    const options = { reject: false, env: { NO_COLOR: '1', FORCE_COLOR: '0' } } as const;
    const { stdout } = await execa(process.execPath, [vitest, 'run', '--root', folder], options);
    return /Tests +1 (passed|failed)/.exec(stdout)?.[1];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a generated test of equivalence', () => {
  it('passes for two versions that do the same, and fails for one that does not', async () => {
    const test = await generated('equivalence');
    const same = await verdict(test, original);
    const other = await verdict(test, original.replace('count = 1', 'count = 2'));
    const mutating = await verdict(test, original.replace('return', '(items as unknown[]).length = 0;\n  return'));
    expect([same, other, mutating]).toEqual(['passed', 'failed', 'failed']);
  });

  it.each(['equivalence', 'bench'])('passes strict and lints clean: %s', async (generator) => {
    const text = await generated(generator);
    expect(typeErrors({ 'total.ts': changed, 'total.before.ts': original, 'use.ts': text })).toEqual([]);
    expect(await lintErrors('use.ts', text)).toEqual([]);
  });

  it('passes strict and lints clean as a benchmark of mitata', async () => {
    const text = await generated('bench', { tool: 'mitata' });
    expect(typeErrors({ 'total.ts': changed, 'total.before.ts': original, 'use.ts': text })).toEqual([]);
    expect(await lintErrors('use.ts', text)).toEqual([]);
  });
});

describe('the arguments', () => {
  const tuple = async (options: Record<string, string>, input?: string): Promise<string> =>
    /const argumentLists = (.*);\n/.exec(await generated('equivalence', options, input))![1]!;

  it.each([
    ['string, number[]', 'fc.tuple(fc.string(), fc.array(fc.oneof(fc.integer(), fc.double())))'],
    ["'a' | 1 | null", "fc.tuple(fc.oneof(fc.constant('a'), fc.constant(1), fc.constant(null)))"],
    [
      'Map<string, Set<integer>>',
      'fc.tuple(fc.array(fc.tuple(fc.string(), fc.array(fc.integer()).map((items) => new Set(items)))).map((entries) => new Map(entries)))',
    ],
    ['{ a: string; b?: boolean }', "fc.tuple(fc.record({ a: fc.string(), b: fc.boolean() }, { requiredKeys: ['a'] }))"],
    ['readonly [string, Date][]', 'fc.tuple(fc.array(fc.tuple(fc.string(), fc.date({ noInvalidDate: true }))))'],
  ])('are made of their types: %s', async (args, expected) => {
    expect(await tuple({ args })).toBe(expected);
  });

  it('are read from the parameters', async () => {
    const input = 'export const total = async (a: string /* x */, b?: number[],) => {};\n';
    expect(await tuple({}, input)).toBe(
      'fc.tuple(fc.string(), fc.option(fc.array(fc.oneof(fc.integer(), fc.double())), { nil: undefined }))',
    );
  });

  it.each([
    ['export function total(a: Order) {}', 'src/total.ts:1:31: no values are known for the type Order'],
    ['export function total(a) {}', 'src/total.ts:1:24: the parameter a has no type'],
    ['export function total({ a }: X) {}', 'src/total.ts:1:23: a parameter that is taken apart'],
    ['export function total(a: number = 1) {}', 'src/total.ts:1:33: the parameter a has a default'],
    ['function total(a: string) {}', 'src/total.ts: exports no function total'],
    ['export function total(a: string): void;\nexport function total(a: number): void;', 'has several signatures'],
  ])('that cannot be made are refused with their place: %s', async (input, expected) => {
    await expect(generated('equivalence', {}, input)).rejects.toThrow(expected);
  });

  it.each([
    [{ args: 'string[' }, '--set args:1:8: ] is missing'],
    [{ args: 'a => b' }, 'no values are known for the type a'],
    [{ seed: 'x' }, 'seed is no integer'],
    [{ runs: '0' }, 'runs is no integer above 0'],
    [{ against: "./a.ts';alert(1)//" }, 'is no module that can be imported'],
    [{ against: './total.ts' }, 'against names the function itself'],
  ])('and options that mean nothing, too: %j', async (options, expected) => {
    await expect(generated('equivalence', options as Record<string, string>)).rejects.toThrow(expected);
  });
});
