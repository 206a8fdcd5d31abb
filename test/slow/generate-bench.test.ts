import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateCode } from '../../src/app/generate-code.ts';

const slow = 'export function total(items: number[]): number {\n  return [...items].sort()[0] ?? 0;\n}\n';
const quick = 'export function total(items: number[]): number {\n  return items.length;\n}\n';

let folder: string;
beforeAll(() => {
  // below the project, so that the packages that a benchmark needs are found
  folder = mkdtempSync(join(import.meta.dirname, '.bench-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function write(name: string, text: string): Promise<void> {
  const { code } = await transform(text, { loader: 'ts', format: 'esm' });
  writeFileSync(join(folder, name), code.replaceAll(/from "\.\/(\S+)\.ts"/g, 'from "./$1.mjs"'));
}

describe('a generated benchmark of mitata', () => {
  it('runs, and measures both versions', async () => {
    const options = { against: './before.ts', module: './total.ts', args: 'number[]', tool: 'mitata', inputs: '5' };
    const { files } = await generateCode({ generator: 'bench', name: 'total', options });
    await write('total.mjs', quick);
    await write('before.mjs', slow);
    await write('bench.mjs', files[0]!.contents);
    const { stdout } = await execa(process.execPath, [join(folder, 'bench.mjs')], { env: { NO_COLOR: '1' } });
    expect(stdout).toMatch(/as it is +[\d.]+ .s\/iter/);
    expect(stdout).toMatch(/the other version +[\d.]+ .s\/iter/);
  });
});
