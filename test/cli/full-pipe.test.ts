import { spawnSync } from 'node:child_process';
import { constants, openSync, closeSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { execa } from 'execa';
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

it.skipIf(process.platform !== 'linux')('a pipe that refuses to block and is full gets everything', async () => {
  const path = join(project.folder, 'pipe');
  spawnSync('mkfifo', [path]);
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(path, constants.O_WRONLY);
  const input = `${'// a line\n'.repeat(50_000)}export {};\n`;
  const child = execa(process.execPath, [bin, 'optimize', '-'], {
    cwd: project.folder,
    env: project.environment,
    extendEnv: false,
    reject: false,
    // execa takes any descriptor; its types know those up to 9
    stdio: ['pipe', writing as 3, 'pipe'],
  });
  // the command's end of the pipe is the same as this one, and starting a process makes it block: this takes that back
  const unblocked = new Socket({ fd: writing, readable: false, writable: true });
  child.stdin.end(input);
  let isOver = false as boolean;
  void child.finally(() => (isOver = true));
  const chunks: Buffer[] = [];
  for (;;) {
    const wasOver = isOver;
    const chunk = readNow(reading);
    if (chunk.length > 0) chunks.push(chunk);
    else if (wasOver) break;
    await turn();
  }
  unblocked.destroy();
  closeSync(reading);
  const { exitCode, stderr } = await child;
  expect(Buffer.concat(chunks).toString()).toBe(input);
  expect([exitCode, stderr]).toEqual([0, '']);
});
