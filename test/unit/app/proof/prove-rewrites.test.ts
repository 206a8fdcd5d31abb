import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileResult } from '../../../../src/app/file-result.ts';
import type { ProofOptions } from '../../../../src/app/proof/proof-options.ts';
import { proveRewrites } from '../../../../src/app/proof/prove-rewrites.ts';
import { runCommand } from '../../../../src/files/run-command.ts';
import { hashOf } from '../../../../src/files/read-source.ts';
import { isBoosterError } from '../../../../src/shared/errors.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booster-proof-'));
  mkdirSync(join(folder, 'journals'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A file of lower-case letters, each of which a rewrite makes upper-case. */
function fileOf(path: string, text: string): FileResult {
  writeFileSync(join(folder, path), text);
  return {
    ...{ path, status: 'changed', named: true, failedRules: [], reader: 'oxc', bytes: text.length, durationMs: 1 },
    hash: hashOf(Buffer.from(text)),
    change: { before: text, after: text.toUpperCase(), edits: [], bom: false },
    findings: Array.from(text).map((letter, start) => ({
      ...{ ruleId: letter, start, end: start + 1, line: 1, column: start + 1, status: 'applied', tier: 'safe' },
      ...{ message: '', evidence: [], complexity: { before: 'a', after: 'A' } },
    })),
  };
}

const rewriteSome: ProofOptions['rewriteSome'] = (file, keys) => {
  const { change, ...rest } = file;
  const before = change?.before ?? '';
  const isKept = (letter: string, index: number): boolean => keys.has(`${letter}@${String(index)}`);
  const after = Array.from(before)
    .map((letter, index) => (isKept(letter, index) ? letter.toUpperCase() : letter))
    .join('');
  if (keys.size === 0) return Promise.resolve({ ...rest, status: 'unchanged' });
  return Promise.resolve({ ...rest, status: 'changed', change: { before, after, edits: [], bom: false } });
};

/** A command that takes as long as told, or fails, by what stands in the files. */
function timed(durationMs: () => number | 'fails'): ProofOptions['runCommand'] {
  return () => {
    const ms = durationMs();
    const isFailure = ms === 'fails';
    return Promise.resolve({
      ...{ exitCode: isFailure ? 1 : 0, timedOut: false, interrupted: false, tail: '' },
      durationMs: isFailure ? 1 : ms,
    });
  };
}

function prove(results: FileResult[], how: Partial<ProofOptions>) {
  return proveRewrites(results, {
    ...{ measureRuns: 6, measureEach: false, timeoutMs: 60_000, maximumBytes: 1000, rewriteSome, runCommand },
    journalFolder: join(folder, 'journals'),
    io: {
      ...{ cwd: folder, env: { PATH: process.env['PATH'] }, platform: process.platform, processId: process.pid },
      signal: new AbortController().signal,
      isProcessAlive: () => true,
    },
    onStep: () => undefined,
    ...how,
  });
}

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const isTidy = (): boolean => !readdirSync(folder).includes('journals');

/** One that has ended and whose end nobody has asked for is none that runs. */
function isRunning(processId: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${String(processId)}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function codeOf(attempt: Promise<unknown>): Promise<unknown> {
  const error: unknown = await attempt.catch((thrown: unknown) => thrown);
  return isBoosterError(error) ? error.code : error;
}

describe('proveRewrites', () => {
  it('keeps all when the command passes with all', async () => {
    const { results, summary } = await prove([fileOf('a', 'abc')], { verify: 'true' });
    expect([read('a'), results[0]?.status, summary.kept, summary.verify?.runs]).toEqual(['ABC', 'written', 3, 2]);
    expect(isTidy()).toBe(true);
  });

  it('takes back those that it fails with, in several files', async () => {
    const files = [fileOf('a', 'abc'), fileOf('b', 'abc'), fileOf('c', 'xyz')];
    const passes = (): boolean => !read('a').includes('B') && read('c') === 'xyz';
    const { results, summary } = await prove(files, { verify: 'x', runCommand: timed(() => (passes() ? 1 : 'fails')) });
    expect([read('a'), read('b'), read('c')]).toEqual(['AbC', 'ABC', 'xyz']);
    expect(results.map(({ status }) => status)).toEqual(['written', 'written', 'unchanged']);
    expect(summary.reverted.map(({ path, ruleId, reason }) => [path, ruleId, reason])).toEqual([
      ['a', 'b', 'breaks'],
      ['c', 'x', 'breaks'],
      ['c', 'y', 'breaks'],
      ['c', 'z', 'breaks'],
    ]);
  });

  it('keeps all with a command that fails in every third run, and says that it is flaky', async () => {
    const verify = 'echo x >> count; [ $(($(wc -l < count) % 3)) != 1 ]';
    const { summary } = await prove([fileOf('a', 'abc')], { verify });
    expect([read('a'), summary.reverted]).toEqual(['ABC', []]);
    // the first run, and what passed then, were without any rewrite
    expect(summary.verify?.flaky).toMatchObject({ runs: 2, failures: 1 });
  });

  it('takes back what fails each time, also with such a command', async () => {
    let runs = 0;
    const runTests = timed(() => ((runs += 1) % 3 !== 1 && read('a').includes('b') ? 1 : 'fails'));
    const { summary } = await prove([fileOf('a', 'abc'), fileOf('b', 'abc')], { verify: 'x', runCommand: runTests });
    expect([read('a'), read('b'), summary.reverted.map(({ reason }) => reason)]).toEqual(['AbC', 'ABC', ['breaks']]);
    expect(summary.verify?.flaky?.failures).toBeGreaterThan(0);
  });

  it('does not call a command flaky that a rewrite makes so', async () => {
    let runs = 0;
    const runTests = timed(() => (read('a').includes('b') || (runs += 1) % 2 === 0 ? 1 : 'fails'));
    const { summary } = await prove([fileOf('a', 'abc')], { verify: 'x', runCommand: runTests });
    expect([read('a'), summary.reverted, summary.verify?.flaky]).toMatchObject([
      'AbC',
      [{ reason: 'unsteady' }],
      undefined,
    ]);
  });

  it('puts everything back when the command fails for good without any rewrite, too', async () => {
    let runs = 0;
    const runTests = timed(() => ((runs += 1) === 1 ? 1 : 'fails'));
    expect(await codeOf(prove([fileOf('a', 'abc')], { verify: 'x', runCommand: runTests }))).toBe('E_PROOF_FLAKY');
    expect([read('a'), isTidy()]).toEqual(['abc', true]);
  });

  it('takes back one with which the command does not end, and ends all that it started', async () => {
    const { summary } = await prove([fileOf('a', 'ab')], {
      verify: 'grep -q b a || { sleep 1000 & echo $! > child; wait; }',
      timeoutMs: 300,
    });
    expect([read('a'), summary.reverted[0]?.timedOut]).toEqual(['Ab', true]);
    expect(isRunning(Number(read('child')))).toBe(false);
  });

  it('refuses a command that fails without any rewrite, and one that is not there', async () => {
    expect(await codeOf(prove([fileOf('a', 'a')], { verify: 'false' }))).toBe('E_PROOF_BASELINE');
    mkdirSync(join(folder, 'journals'), { recursive: true });
    expect(await codeOf(prove([fileOf('a', 'a')], { verify: './no-such-program' }))).toBe('E_PROOF_BASELINE');
    expect([read('a'), isTidy()]).toEqual(['a', true]);
  });

  it('puts the others back when somebody changes a file, and keeps what is needed for that one', async () => {
    const files = [fileOf('a', 'ab'), fileOf('b', 'ab')];
    expect(await codeOf(prove(files, { verify: 'grep -q a b || echo mine >> a' }))).toBe('E_PROOF_CHANGED');
    expect([read('a'), read('b'), isTidy()]).toEqual(['ABmine\n', 'ab', false]);
  });

  it('puts everything back when it is interrupted', async () => {
    const interruption = new AbortController();
    const io = {
      ...{ cwd: folder, env: { PATH: process.env['PATH'] }, platform: process.platform, processId: process.pid },
      ...{ signal: interruption.signal, isProcessAlive: () => true },
    };
    const onStep = (): void => {
      interruption.abort();
    };
    const outcome = await prove([fileOf('a', 'ab')], { verify: 'true', io, onStep });
    expect([outcome.interrupted, read('a'), isTidy()]).toEqual([true, 'ab', true]);
  });

  it('measures in turns, takes back what is slower, and says what the rest gains', async () => {
    const shown: string[] = [];
    const durationMs = (): number => {
      shown.push(read('a'));
      return (read('a').includes('A') ? 50 : 100) + (read('a').includes('B') ? 200 : 0);
    };
    const { summary } = await prove([fileOf('a', 'ab')], { measure: 'x', runCommand: timed(durationMs) });
    expect(read('a')).toBe('Ab');
    expect(summary.reverted).toMatchObject([{ ruleId: 'b', reason: 'slower' }]);
    expect(summary.measure?.gain).toMatchObject({ runs: 6, verdict: 'faster', ratio: 2, before: { medianMs: 100 } });
    expect(shown.slice(1, 7)).toEqual(['ab', 'AB', 'AB', 'ab', 'ab', 'AB']);
  });

  it('keeps what seems slower only the first time', async () => {
    let runs = 0;
    const durationMs = (): number => (read('a') === 'A' && (runs += 1) <= 7 ? 200 : 100);
    const { summary } = await prove([fileOf('a', 'a')], { measure: 'x', runCommand: timed(durationMs) });
    expect([read('a'), summary.reverted, summary.measure?.gain?.verdict]).toEqual(['A', [], 'same']);
  });

  it('finds a loss that the gain of another rewrite hides when each is measured', async () => {
    const durationMs = (): number => (read('a').includes('A') ? 50 : 100) + (read('a').includes('B') ? 20 : 0);
    const how = { measure: 'x', runCommand: timed(durationMs) };
    await prove([fileOf('a', 'ab')], how);
    expect(read('a')).toBe('AB');
    mkdirSync(join(folder, 'journals'), { recursive: true });
    await prove([fileOf('a', 'ab')], { ...how, measureEach: true });
    expect(read('a')).toBe('Ab');
  });

  it('keeps what makes no measurable difference, and says that it makes none', async () => {
    const times = [100, 103, 98, 101, 99, 104, 97];
    let run = 0;
    const durationMs = (): number => times[run++ % times.length] ?? 100;
    const { summary } = await prove([fileOf('a', 'ab')], { measure: 'x', runCommand: timed(durationMs) });
    expect([read('a'), summary.measure?.gain?.verdict]).toEqual(['AB', 'same']);
  });

  it('asks the tests again about what the benchmark has left', async () => {
    // upper-case a is right only beside upper-case b, which is slow
    const runTests = timed(() => (read('a') === 'Ab' ? 'fails' : 1));
    const runBenchmark = timed(() => (read('a').includes('B') ? 200 : 100));
    const { summary } = await prove([fileOf('a', 'ab')], {
      ...{ verify: 'tests', measure: 'benchmark' },
      runCommand: (options) => (options.command === 'tests' ? runTests(options) : runBenchmark(options)),
    });
    expect(read('a')).toBe('ab');
    expect(summary.reverted.map(({ ruleId, reason }) => [ruleId, reason])).toEqual([
      ['a', 'breaks'],
      ['b', 'slower'],
    ]);
  });
});
