import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { OptimizeStdinOptions } from '../../../src/app/optimize-stdin.ts';
import { optimizeStdin } from '../../../src/app/optimize-stdin.ts';
import { fakePool, nothingFound, slowRule, slowToFast } from './fake-pool.ts';

function options(input: string | Uint8Array, overrides: Partial<OptimizeStdinOptions> = {}): OptimizeStdinOptions {
  return {
    input: Readable.from([Buffer.from(input)]),
    path: 'x.ts',
    level: 'safe',
    rules: [slowRule],
    maximumBytes: 1000,
    signal: new AbortController().signal,
    ...overrides,
  };
}

describe('optimizeStdin', () => {
  it('gives the new text with the byte order mark that came in', async () => {
    const { result, output } = await optimizeStdin(fakePool(slowToFast), options('\uFEFFslow\r\n'));
    expect(Buffer.from(output).toString()).toBe('\uFEFFfast\r\n');
    expect(result).toMatchObject({ path: 'x.ts', status: 'changed', ranIn: 'in-process' });
  });

  it('reads text in chunks that split a character', async () => {
    const bytes = Buffer.from('slow 😀');
    const input = Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]);
    const { output } = await optimizeStdin(fakePool(slowToFast), options('', { input }));
    expect(Buffer.from(output).toString()).toBe('fast 😀');
  });

  it('takes text without a name for TypeScript', async () => {
    const pool = fakePool(slowToFast);
    const { result } = await optimizeStdin(pool, options('slow', { path: undefined }));
    expect([pool.requests[0]?.language, result.path]).toEqual(['typescript', '<stdin>']);
  });

  it.each([
    ['text that is no UTF-8', new Uint8Array([0x73, 0xff]), {}, 'E_FILE_NOT_TEXT'],
    ['text that is too large', 'slow '.repeat(300), {}, 'E_FILE_TOO_LARGE'],
    ['text of an unknown kind', 'slow', { path: 'x.py' }, 'E_FILE_UNSUPPORTED'],
  ] as const)('gives %s back byte for byte', async (_title, input, overrides, code) => {
    const { result, output } = await optimizeStdin(fakePool(slowToFast), options(input, overrides));
    expect(Buffer.from(output)).toEqual(Buffer.from(input));
    expect(result).toMatchObject({ status: 'refused', reason: { code } });
  });

  it('gives refused text back byte for byte', async () => {
    const pool = fakePool(() => ({ ...nothingFound, status: 'refused', reason: { code: 'E_SYNTAX', message: 'bad' } }));
    const { result, output } = await optimizeStdin(pool, options('slow ('));
    expect([Buffer.from(output).toString(), result.status]).toEqual(['slow (', 'refused']);
  });

  it('gives the text back when the engine fails', async () => {
    const pool = fakePool(() => {
      throw new RangeError('unforeseen');
    });
    const { result, output } = await optimizeStdin(pool, options('slow'));
    expect([Buffer.from(output).toString(), result.reason?.code]).toEqual(['slow', 'E_INTERNAL']);
  });

  it('stops reading when interrupted', async () => {
    const controller = new AbortController();
    const endless = new Readable({
      read() {
        controller.abort();
      },
    });
    const call = optimizeStdin(fakePool(slowToFast), options('', { input: endless, signal: controller.signal }));
    await expect(call).rejects.toMatchObject({ code: 'E_TASK_ABORTED' });
  });
});
