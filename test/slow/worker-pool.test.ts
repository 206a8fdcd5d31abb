import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { generateCode } from '../../src/app/generate-code.ts';
import { lintErrors, typeErrors } from '../unit/generators/judge-code.ts';

const source = `export function digest(text: string, rounds?: number): number {
  let sum = rounds ?? 1;
  if (text.startsWith('a')) throw new RangeError('no a: ' + text);
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return sum;
}
`;

async function filesOf(input = source): Promise<Record<string, string>> {
  const { files } = await generateCode({
    generator: 'worker-pool',
    name: 'digest',
    input,
    inputName: 'src/digest.ts',
    filename: 'src/digest.pool.ts',
    options: { threads: '2' },
  });
  const made = files.map(({ path, contents }) => [path.replace('src/', ''), contents]);
  return { ...(Object.fromEntries(made) as Record<string, string>), 'digest.ts': input };
}

describe('a generated pool of threads', () => {
  it('passes strict and lints clean with its worker and its test', async () => {
    const files = await filesOf();
    expect(Object.keys(files)).toEqual(['digest.pool.ts', 'digest.pool.worker.ts', 'digest.pool.test.ts', 'digest.ts']);
    expect(typeErrors(files, ['node'])).toEqual([]);
    const found = await Promise.all(Object.keys(files).map((name) => lintErrors(name, files[name]!)));
    expect(found.flat()).toEqual([]);
  });

  it.each([
    ['as it was made', source, '1 passed (1)'],
    [
      'with a function that tells threads apart',
      `import { isMainThread } from 'node:worker_threads';\n${source.replace('rounds ?? 1', 'isMainThread ? 1 : 2')}`,
      '1 failed (1)',
    ],
  ])('is judged by its test, as JavaScript: %s', async (_, code, expected) => {
    const folder = mkdtempSync(join(import.meta.dirname, '.run-'));
    try {
      writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {};\n');
      for (const [name, text] of Object.entries({ ...(await filesOf()), 'digest.ts': code })) {
        const built = await transform(text, { loader: 'ts', format: 'esm' });
        writeFileSync(join(folder, name.replace(/ts$/, 'js')), built.code);
      }
      const vitest = join(process.cwd(), 'node_modules/vitest/vitest.mjs');
      const options = { reject: false, env: { NO_COLOR: '1', FORCE_COLOR: '0' } } as const;
      const { stdout } = await execa(process.execPath, [vitest, 'run', '--root', folder], options);
      expect(/Tests +(.*)/.exec(stdout)?.[1]).toBe(expected);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each([
    ['a function that stands alone', source, '1 passed (1)'],
    [
      'a function that imports what is built',
      `import { start } from './start.js';\n${source.replace('rounds ?? 1', 'rounds ?? start')}`,
      '1 skipped (1)',
    ],
  ])('is judged by its test on the sources, where Node runs them: %s', async (_, code, expected) => {
    const folder = mkdtempSync(join(import.meta.dirname, '.run-'));
    try {
      writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {};\n');
      writeFileSync(join(folder, 'start.ts'), 'export const start = 1;\n');
      for (const [name, text] of Object.entries(await filesOf(code))) writeFileSync(join(folder, name), text);
      const vitest = join(process.cwd(), 'node_modules/vitest/vitest.mjs');
      const options = { reject: false, env: { NO_COLOR: '1', FORCE_COLOR: '0' } } as const;
      const { stdout } = await execa('npx', ['-y', 'node@22', vitest, 'run', '--root', folder], options);
      expect(/Tests +(.*)/.exec(stdout)?.[1]).toBe(expected);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
