import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileResult } from '../../../src/app/file-result.ts';
import type { OptimizeFilesOptions } from '../../../src/app/optimize-files.ts';
import { optimizeFiles } from '../../../src/app/optimize-files.ts';
import type { QuietFiles, QuietKind } from '../../../src/app/QuietFiles.ts';
import { BoosterError } from '../../../src/shared/errors.ts';
import { fakePool, nothingFound, slowRule, slowToFast } from './fake-pool.ts';
import { WASMInstanceManager } from '../../../src/pool/WASMInstanceManager.ts';
import { rules as allRules } from '../../../src/rules/index.ts';

let folder: string;
let results: FileResult[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booster-app-'));
  results = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function options(names: readonly string[], overrides: Partial<OptimizeFilesOptions> = {}): OptimizeFilesOptions {
  return {
    cwd: folder,
    targets: names.map((path) => ({ path, named: true })),
    write: false,
    level: 'safe',
    rules: [slowRule],
    maximumBytes: 1000,
    threads: 2,
    signal: new AbortController().signal,
    onResult: (result) => results.push(result),
    ...overrides,
  };
}

/** Contents that nothing was found in, as the program keeps them, in memory. */
function remembered(): Pick<QuietFiles, 'get' | 'note'> & { readonly known: Map<string, QuietKind> } {
  const known = new Map<string, QuietKind>();
  return {
    known,
    get: (hash, language) => known.get(`${hash} ${language}`),
    note: (hash, language, kind) => void known.set(`${hash} ${language}`, kind),
  };
}

describe('a second run over files that nothing was found in', () => {
  it('reads and hashes them, and gives the same results without a task', async () => {
    write('parsed.ts', 'slow is a word;\n');
    write('unparsed.ts', 'const a = 1;\n');
    write('generated.ts', '// @generated\nslow();\n');
    const quiet = remembered();
    const targets = ['parsed.ts', 'unparsed.ts', 'generated.ts'].map((path) => ({ path, named: false }));
    const first = fakePool(() => ({ ...nothingFound, reader: 'oxc' }));
    await optimizeFiles(first, options([], { targets, quiet }));
    const before = results.map(({ path, status, reader, hash, skipped }) => ({ path, status, reader, hash, skipped }));
    expect([...quiet.known.values()].sort()).toEqual(['generated', 'parsed', 'unparsed']);
    results = [];
    const second = fakePool(slowToFast);
    await optimizeFiles(second, options([], { targets, quiet }));
    expect(second.requests).toEqual([]);
    expect(results.map(({ path, status, reader, hash, skipped }) => ({ path, status, reader, hash, skipped }))).toEqual(
      before,
    );
    expect(results.map(({ cached }) => cached)).toEqual([true, undefined, undefined]);
  });

  it('looks at a generated file all the same when it is named', async () => {
    write('generated.ts', '// @generated\nslow();\n');
    const quiet = remembered();
    await optimizeFiles(
      fakePool(slowToFast),
      options([], { targets: [{ path: 'generated.ts', named: false }], quiet }),
    );
    await optimizeFiles(fakePool(slowToFast), options(['generated.ts'], { quiet }));
    expect(results.map(({ status, skipped }) => [status, skipped])).toEqual([
      ['unchanged', 'generated'],
      ['changed', undefined],
    ]);
  });

  it('remembers no file with a finding, a failed rule or a fallback', async () => {
    write('a.ts', 'slow();\n');
    const quiet = remembered();
    const found = { ...nothingFound, reader: 'oxc', failedRules: [{ ruleId: 'slow-rule', message: 'no' }] } as const;
    await optimizeFiles(fakePool(slowToFast), options(['a.ts'], { quiet }));
    await optimizeFiles(
      fakePool(() => found),
      options(['a.ts'], { quiet }),
    );
    expect(quiet.known.size).toBe(0);
  });

  it('takes a file whose content has changed for a new one', async () => {
    write('a.ts', 'const a = 1;\n');
    const quiet = remembered();
    await optimizeFiles(fakePool(slowToFast), options(['a.ts'], { quiet }));
    write('a.ts', 'slow();\n');
    await optimizeFiles(fakePool(slowToFast), options(['a.ts'], { quiet }));
    expect(results.map(({ status }) => status)).toEqual(['unchanged', 'changed']);
  });
});

describe('optimizeFiles', () => {
  it('gives the old and new text and changes nothing on disk without write', async () => {
    write('a.ts', '\uFEFFslow();\r\n');
    const summary = await optimizeFiles(fakePool(slowToFast), options(['a.ts']));
    expect(results).toMatchObject([
      {
        path: 'a.ts',
        status: 'changed',
        bytes: 12,
        change: { before: 'slow();\r\n', after: 'fast();\r\n', bom: true },
      },
    ]);
    expect(read('a.ts')).toBe('\uFEFFslow();\r\n');
    expect(summary).toMatchObject({ files: 1, changed: 1, written: 0, interrupted: false });
  });

  it('writes the new text and keeps byte order mark and line ends', async () => {
    write('a.ts', '\uFEFFslow();\r\n');
    const summary = await optimizeFiles(fakePool(slowToFast), options(['a.ts'], { write: true }));
    expect(read('a.ts')).toBe('\uFEFFfast();\r\n');
    expect(results[0]?.status).toBe('written');
    expect(summary).toMatchObject({ written: 1, changed: 0 });
  });

  it('asks for the level, the rules and the language of each file', async () => {
    write('a.tsx', 'slow');
    const pool = fakePool(slowToFast);
    await optimizeFiles(pool, options(['a.tsx'], { level: 'balanced' }));
    expect(pool.requests).toEqual([{ text: 'slow', language: 'tsx', level: 'balanced', rules: ['slow-rule'] }]);
  });

  it('reports in the order of the targets, whichever file is done first', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `f${String(index)}.ts`);
    for (const name of names) write(name, `slow ${name}`);
    const order: string[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const pool = fakePool(async ({ text }) => {
      if (text === 'slow f0.ts') await gate;
      order.push(text);
      if (text === 'slow f8.ts') release();
      return nothingFound;
    });
    await optimizeFiles(pool, options(names));
    expect(order.at(-1)).toBe('slow f0.ts');
    expect(results.map((result) => result.path)).toEqual(names);
  });

  it('keeps the number of tasks in flight bounded', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `f${String(index)}.ts`);
    for (const name of names) write(name, 'slow');
    const pool = fakePool(slowToFast);
    await optimizeFiles(pool, options(names, { threads: 3 }));
    expect(pool.most()).toBeLessThanOrEqual(6);
  });

  it('does a little work on the main thread, and hands what is beyond that to workers', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `f${String(index)}.ts`);
    for (const name of names) write(name, `slow${' '.repeat(300_000)}`);
    const pool = fakePool(slowToFast);
    await optimizeFiles(pool, options(names, { maximumBytes: 400_000 }));
    expect(pool.places).toEqual([...Array<string>(7).fill('in-process'), 'worker', 'worker']);
  });

  it('names the fallback when no worker can be started, and does the work on the main thread', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `f${String(index)}.ts`);
    for (const name of names) write(name, `const last = [1].slice(-1)[0];${' '.repeat(300_000)}`);
    const limits = { maximum: 2, memoryLimitBytes: 512 * 2 ** 20, taskTimeoutMs: 30_000 };
    await using pool = new WASMInstanceManager({ ...limits, workerUrl: new URL('file:///no/such/worker.cjs') });
    const slice = allRules.filter(({ meta }) => meta.id === 'slice-index');
    await optimizeFiles(pool, options(names, { maximumBytes: 400_000, rules: slice }));
    expect(results.map(({ status, ranIn }) => [status, ranIn])).toEqual(names.map(() => ['changed', 'in-process']));
    expect(results.map(({ fellBack }) => fellBack !== undefined)).toEqual([
      ...Array<boolean>(7).fill(false),
      true,
      true,
    ]);
  });

  it('does not bother the pool with a file in which no trigger of a rule occurs', async () => {
    write('a.ts', 'fast');
    const pool = fakePool(slowToFast);
    await optimizeFiles(pool, options(['a.ts']));
    expect(pool.requests).toEqual([]);
    expect(results).toMatchObject([{ status: 'unchanged', reader: 'none', bytes: 4 }]);
  });

  it('stays on the main thread with one thread', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `f${String(index)}.ts`);
    for (const name of names) write(name, `slow${' '.repeat(300_000)}`);
    const pool = fakePool(slowToFast);
    await optimizeFiles(pool, options(names, { threads: 1, maximumBytes: 400_000 }));
    expect(new Set(pool.places)).toEqual(new Set(['in-process']));
    expect(results[0]?.ranIn).toBe('in-process');
  });

  it('reports every kind of trouble with one file and goes on with the others', async () => {
    write('big.ts', 'x'.repeat(1001));
    write('binary.ts', new Uint8Array([0, 1, 2]));
    write('crash.ts', 'slow crash');
    write('good.ts', 'slow');
    write('late.ts', 'slow late');
    write('odd.py', 'x');
    write('syntax.ts', 'slow syntax');
    const pool = fakePool((request) => {
      if (request.text === 'slow crash') throw new Error('unforeseen');
      if (request.text === 'slow late') throw new BoosterError('E_TASK_TIMEOUT', 'no answer within 30 s');
      if (request.text !== 'slow syntax') return slowToFast(request);
      return { ...nothingFound, status: 'refused', reason: { code: 'E_SYNTAX', message: 'bad', line: 1, column: 2 } };
    });
    const names = [...readdirSync(folder), 'missing.ts'];
    const summary = await optimizeFiles(pool, options(names, { write: true }));
    expect(results.map(({ path, status, reason }) => [path, status, reason?.code])).toEqual([
      ['big.ts', 'refused', 'E_FILE_TOO_LARGE'],
      ['binary.ts', 'refused', 'E_FILE_NOT_TEXT'],
      ['crash.ts', 'failed', 'E_INTERNAL'],
      ['good.ts', 'written', undefined],
      ['late.ts', 'failed', 'E_TASK_TIMEOUT'],
      ['odd.py', 'refused', 'E_FILE_UNSUPPORTED'],
      ['syntax.ts', 'refused', 'E_SYNTAX'],
      ['missing.ts', 'failed', 'E_FILE_NOT_FOUND'],
    ]);
    expect(results.find(({ path }) => path === 'missing.ts')?.reason?.message).toBe('does not exist');
    expect(summary).toMatchObject({ files: 8, written: 1, refused: 4, failed: 3 });
  });

  it('reports a file that changes meanwhile as a conflict and leaves it alone', async () => {
    write('a.ts', 'slow');
    const pool = fakePool((request) => {
      write('a.ts', 'edited by hand');
      return slowToFast(request);
    });
    const summary = await optimizeFiles(pool, options(['a.ts'], { write: true }));
    expect(results[0]).toMatchObject({ status: 'conflict', reason: { code: 'E_FILE_CHANGED' } });
    expect(read('a.ts')).toBe('edited by hand');
    expect(summary.conflicts).toBe(1);
  });

  it('leaves a read-only file alone and says so', async () => {
    write('a.ts', 'slow');
    chmodSync(join(folder, 'a.ts'), 0o444);
    await optimizeFiles(fakePool(slowToFast), options(['a.ts'], { write: true }));
    expect(results[0]).toMatchObject({ status: 'failed', reason: { code: 'E_FILE_NOT_WRITABLE' } });
    expect(read('a.ts')).toBe('slow');
  });

  it('does not count rewrites that did not reach the file', async () => {
    write('a.ts', 'slow');
    chmodSync(join(folder, 'a.ts'), 0o444);
    const applied = { status: 'applied', tier: 'safe' } as FileResult['findings'][number];
    const pool = fakePool((request) => ({ ...slowToFast(request), findings: [applied] }));
    expect((await optimizeFiles(pool, options(['a.ts'], { write: true }))).applied).toBe(0);
  });

  it('skips generated code unless the file was named', async () => {
    write('a.ts', '// @generated\nslow');
    const pool = fakePool(slowToFast);
    await optimizeFiles(pool, options([], { targets: [{ path: 'a.ts', named: false }] }));
    expect(results).toMatchObject([{ status: 'unchanged', skipped: 'generated' }]);
    expect(pool.requests).toEqual([]);
    await optimizeFiles(pool, options(['a.ts']));
    expect(results[1]?.status).toBe('changed');
  });

  it('does not touch a target that comes with a problem', async () => {
    write('a.ts', 'slow');
    const problem = new BoosterError('E_GIT_PARTIALLY_STAGED', 'mixed');
    await optimizeFiles(
      fakePool(slowToFast),
      options([], { targets: [{ path: 'a.ts', named: false, problem }], write: true }),
    );
    expect(results).toMatchObject([{ status: 'refused', reason: { code: 'E_GIT_PARTIALLY_STAGED' } }]);
    expect(read('a.ts')).toBe('slow');
  });

  it('stops starting files when interrupted, ends running ones, and keeps what is finished', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `f${String(index).padStart(2, '0')}.ts`);
    for (const name of names) write(name, `slow ${name}`);
    const controller = new AbortController();
    const pool = fakePool(async (request) => {
      if (request.text.includes('f05')) controller.abort();
      if (request.text.includes('f02')) await new Promise(() => undefined);
      return slowToFast(request);
    });
    const summary = await optimizeFiles(pool, options(names, { write: true, signal: controller.signal }));
    expect(summary.interrupted).toBe(true);
    expect(results.length).toBeLessThan(names.length);
    expect(results.map(({ path }) => path)).toEqual([...results.map(({ path }) => path)].sort());
    const written = new Set(results.filter(({ status }) => status === 'written').map(({ path }) => path));
    for (const name of names) expect(read(name)).toBe(written.has(name) ? `fast ${name}` : `slow ${name}`);
    expect(results.every(({ status }) => status === 'written')).toBe(true);
  });

  it('tells the progress once per file', async () => {
    const names = ['a.ts', 'b.ts', 'c.ts'];
    for (const name of names) write(name, 'x');
    const seen: number[] = [];
    await optimizeFiles(fakePool(slowToFast), options(names, { onProgress: (done) => seen.push(done) }));
    expect(seen).toEqual([1, 2, 3]);
  });

  it('does nothing when already interrupted', async () => {
    write('a.ts', 'slow');
    const pool = fakePool(slowToFast);
    const summary = await optimizeFiles(pool, options(['a.ts'], { signal: AbortSignal.abort() }));
    expect([summary.files, summary.interrupted, pool.requests.length]).toEqual([0, true, 0]);
  });
});
