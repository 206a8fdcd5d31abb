import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readStream } from '../../../src/files/read-stream.ts';

const never = new AbortController().signal;

describe('readStream', () => {
  it('gives all bytes, whether they come as bytes or as text', async () => {
    const bytes = await readStream(Readable.from([Buffer.from('a\0'), 'ü']), { maximumBytes: 4, signal: never });
    expect(bytes).toEqual(Buffer.from('a\0ü'));
  });

  it('gives nothing for a stream that ends at once', async () => {
    expect(await readStream(Readable.from([]), { maximumBytes: 0, signal: never })).toHaveLength(0);
  });

  it('stops at the limit, however much would follow', async () => {
    let reads = 0;
    const endless = new Readable({
      read() {
        reads += 1;
        this.push(Buffer.alloc(1000));
      },
    });
    const call = readStream(endless, { maximumBytes: 10_000, signal: never });
    await expect(call).rejects.toMatchObject({ code: 'E_FILE_TOO_LARGE' });
    expect(reads).toBeLessThan(200);
    expect(endless.destroyed).toBe(true);
  });

  it('ends with E_TASK_ABORTED when it is interrupted', async () => {
    const controller = new AbortController();
    const silent = new Readable({
      read() {
        controller.abort();
      },
    });
    const call = readStream(silent, { maximumBytes: 10, signal: controller.signal });
    await expect(call).rejects.toMatchObject({ code: 'E_TASK_ABORTED' });
  });

  it('names a stream that breaks', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new TypeError('gone'));
      },
    });
    const call = readStream(broken, { maximumBytes: 10, signal: never });
    await expect(call).rejects.toMatchObject({ code: 'E_FILE_NOT_READABLE' });
  });
});
