import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { constants, openSync, closeSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Project, bin } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

/** What lies in the pipe, or nothing. */
function readNow(descriptor: number): Buffer {
  const buffer = Buffer.alloc(4096);
  try {
    return buffer.subarray(0, readSync(descriptor, buffer));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return buffer.subarray(0, 0);
    throw error;
  }
}

/** A socket of Node's makes its descriptor non-blocking. It is the command that has it: a thread of the tests would close it twice. */
const preload = "new (require('node:net').Socket)({ fd: 1, readable: false, writable: true }).unref();";

it.skipIf(process.platform !== 'linux')('a pipe that refuses to block and is full gets everything', async () => {
  project.write('preload.cjs', preload);
  const path = join(project.folder, 'pipe');
  spawnSync('mkfifo', [path]);
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(path, constants.O_WRONLY);
  const input = `${'// a line\n'.repeat(50_000)}export {};\n`;
  const child = spawn(process.execPath, [bin, 'optimize', '-'], {
    cwd: project.folder,
    env: { ...project.environment, NODE_OPTIONS: '--require ./preload.cjs' },
    stdio: ['pipe', writing, 'inherit'],
  });
  const ended = once(child, 'exit');
  closeSync(writing);
  child.stdin?.end(input);
  const chunks: Buffer[] = [];
  for (;;) {
    const wasOver = child.exitCode !== null || child.signalCode !== null;
    const chunk = readNow(reading);
    if (chunk.length > 0) chunks.push(chunk);
    else if (wasOver) break;
    await turn();
  }
  closeSync(reading);
  expect(Buffer.concat(chunks).toString()).toBe(input);
  expect(await ended).toEqual([0, null]);
});
