import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBenchWorkload } from '../../../src/app/bench-pool-workload.ts';
import { BoosterError } from '../../../src/shared/errors.ts';

const cwd = mkdtempSync(join(tmpdir(), 'booster-bench-workload-'));
afterAll(() => {
  rmSync(cwd, { recursive: true });
});
const options = { cwd, level: 'safe', maximumBytes: 1000, maximumFiles: 100 } as const;

function file(path: string, content: string | Uint8Array): { path: string; named: boolean } {
  writeFileSync(join(cwd, path), content);
  return { path, named: false };
}

it('reads files in their language and counts those that a rule may find something in', () => {
  const targets = [file('a.ts', 'export const a = xs.filter(f)[0];\n'), file('b.js', 'let b;\n')];
  const workload = readBenchWorkload(targets, options);
  expect(workload).toMatchObject({ bytes: 41, parsed: 1, unreadable: 0, leftOut: 0 });
  expect(workload.tasks).toMatchObject([
    { request: { language: 'typescript', level: 'safe' } },
    { request: { language: 'jsx', text: 'let b;\n' } },
  ]);
});

it('counts what cannot be read, is too large or was not found, and goes on', () => {
  const targets = [
    { path: 'missing.ts', named: true, problem: new BoosterError('E_FILE_NOT_FOUND', 'missing.ts') },
    { path: 'gone.ts', named: false },
    file('large.ts', ' '.repeat(1001)),
    file('binary.ts', new Uint8Array([0xff, 0])),
    file('c.ts', ''),
  ];
  expect(readBenchWorkload(targets, options)).toMatchObject({ tasks: [{ kind: 'optimize' }], bytes: 0, unreadable: 4 });
});

it('takes every n-th of more files than asked for', () => {
  const targets = Array.from({ length: 10 }, (_, index) => file(`${String(index)}.ts`, `// ${String(index)}`));
  const { tasks, leftOut } = readBenchWorkload(targets, { ...options, maximumFiles: 4 });
  expect(tasks.map(({ request }) => ('text' in request ? request.text : ''))).toEqual(['// 0', '// 2', '// 5', '// 7']);
  expect(leftOut).toBe(6);
});
