import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Output } from '../../../src/cli/output.ts';
import { progressText } from '../../../src/cli/progress-text.ts';
import { Progress } from '../../../src/cli/progress.ts';

let stream: PassThrough;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  stream = new PassThrough();
});
afterEach(() => {
  vi.useRealTimers();
});

/** As a terminal of 80 columns. */
function terminal(): NodeJS.WriteStream {
  const methods = { isTTY: true, columns: 80, cursorTo: () => true, clearLine: () => true, moveCursor: () => true };
  return Object.assign(stream, methods) as never;
}

function open(enabled = true): Progress {
  return new Progress({ stream: terminal(), enabled, colored: false, total: 1234 });
}

/** Fires the delay and waits until the spinner has drawn its first frame. */
async function appear(): Promise<void> {
  const drawn = new Promise((resolve) => stream.once('readable', resolve));
  vi.advanceTimersByTime(300);
  await drawn;
}

async function everything(): Promise<string> {
  stream.end();
  return text(stream);
}

it('counts files once the work has taken a while, and gives the cursor back', async () => {
  const progress = open();
  progress.update(12);
  await appear();
  progress.stop();
  expect(await everything()).toMatch(/Checked 12 of 1,234 files[^]*\x1b\[\?25h$/);
});

it('tells the rate once it means something', () => {
  expect(progressText(600, 1234, 999)).toBe('Checked 600 of 1,234 files');
  expect(progressText(600, 1234, 2000)).toBe('Checked 600 of 1,234 files, 300 a second');
});

it('draws nothing for short work, nor when it is not enabled', async () => {
  const short = open();
  vi.advanceTimersByTime(299);
  short.stop();
  open(false);
  vi.advanceTimersByTime(1000);
  expect(vi.getTimerCount()).toBe(0);
  expect(await everything()).toBe('');
});

it('makes room for every line that is printed', async () => {
  const progress = open();
  const cleared = vi.spyOn(terminal(), 'clearLine');
  const output = new Output({ stdout: stream as never, stderr: stream as never });
  output.progress = progress;
  await appear();
  const before = cleared.mock.calls.length;
  output.out('a line\n');
  expect(cleared.mock.calls.length).toBeGreaterThan(before);
  progress.stop();
  expect(await everything()).toContain('a line\n');
});
