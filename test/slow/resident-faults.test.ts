import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { residentPlace } from '../../src/resident/resident-place.ts';
import { residentProtocol } from '../../src/resident/resident-protocol.ts';
import { buildHash, writeBareBuild, writeOtherBuild } from '../fault/resident/other-build.ts';
import { ResidentProject } from '../fault/resident/resident-project.ts';
import type { OptimizedFile } from '../fault/resident/resident-project.ts';

let project: ResidentProject;
let right: Pick<OptimizedFile, 'status' | 'edits' | 'findings'>;

beforeEach(async () => {
  project = new ResidentProject();
  const { status, edits, findings } = await project.optimize();
  right = { status, edits, findings };
  expect(right.status).toBe('changed');
});

afterEach(async () => {
  await project.endPools();
});

describe('a command', () => {
  it('gets the same result from a resident pool as without one', async () => {
    await project.readyPool();
    expect(await project.optimizeInPool()).toMatchObject({ ...right, ranIn: 'resident' });
  });

  it('does its work itself, and says so, when the pool hangs', async () => {
    const pool = await project.readyPool();
    pool.kill('SIGSTOP');
    const file = await project.optimize();
    expect(file).toMatchObject({ ...right, fellBack: 'E_RESIDENT_SILENT' });
    expect(file.ranIn).toBeUndefined();
  });

  it('uses the pool again when it goes on', async () => {
    const pool = await project.readyPool();
    pool.kill('SIGSTOP');
    await project.optimize();
    pool.kill('SIGCONT');
    expect(await project.optimizeInPool()).toMatchObject({ ...right, ranIn: 'resident' });
  });

  it('does its work itself when the pool is killed while it waits', async () => {
    const server = await startServerThatNeverAnswers();
    const run = project.optimize();
    await server.task;
    server.kill();
    expect(await run).toMatchObject({ ...right, fellBack: 'E_RESIDENT_LOST' });
  });

  it('takes what a killed pool left behind for no pool', async () => {
    const pool = await project.readyPool();
    pool.kill('SIGKILL');
    await pool.ended;
    const file = await project.optimize();
    expect(file).toMatchObject(right);
    expect(file.fellBack).toBeUndefined();
  });

  it.each([
    [
      'the folder is open to others',
      () => {
        chmodSync(join(project.runtime, 'booster'), 0o777);
      },
    ],
    [
      'the socket is open to others',
      () => {
        chmodSync(project.socketPath(), 0o777);
      },
    ],
    [
      'the socket is in a folder that is open to others',
      () => {
        chmodSync(dirname(project.socketPath()), 0o777);
      },
    ],
  ])('does not trust a pool when %s', async (_, spoil) => {
    await project.readyPool();
    spoil();
    expect(await project.optimize()).toMatchObject({ ...right, fellBack: 'E_RESIDENT_DISTRUSTED' });
  });

  it.skipIf(process.getuid?.() !== 0)('does not trust a socket of another user', async () => {
    await project.readyPool();
    chownSync(project.socketPath(), 12345, 12345);
    expect(await project.optimize()).toMatchObject({ ...right, fellBack: 'E_RESIDENT_DISTRUSTED' });
  });

  it('of another build works itself and ends the pool', async () => {
    const pool = await project.readyPool();
    const other = writeOtherBuild(join(project.folder, '.other'));
    expect(await project.optimize(other)).toMatchObject({ ...right, fellBack: 'E_RESIDENT_VERSION' });
    expect(await pool.ended).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('ended (asked to stop)') });
  });

  it('needs no WebAssembly of its own', async () => {
    await project.readyPool();
    const bare = writeBareBuild(join(project.folder, '.bare'));
    expect(await project.optimizeInPool(bare)).toMatchObject({ ...right, ranIn: 'resident' });
  });

  it('merges an edit there, too', async () => {
    await project.readyPool();
    const code = project.read('slow.ts');
    project.write('edit.txt', `<<<<<<< SEARCH\n${code}=======\nexport const hit = 1;\n>>>>>>> REPLACE\n`);
    const bare = writeBareBuild(join(project.folder, '.bare'));
    const { exitCode, stderr } = await project.runWith(bare, ['apply', 'slow.ts', '--edit', 'edit.txt', '--write']);
    expect({ exitCode, stderr: stderr.match(/^error.*/m) }).toEqual({ exitCode: 0, stderr: null });
    expect(project.read('slow.ts')).toBe('export const hit = 1;\n');
  });

  it('writes the file itself', async () => {
    await project.readyPool();
    await project.run(['optimize', 'slow.ts', '--write']);
    expect(project.read('slow.ts')).toContain('.size');
  });
});

describe('of several pools that start at once', () => {
  async function startFour(): Promise<{ ready: number; others: number; exitCodes: (number | undefined)[] }> {
    const pools = Array.from({ length: 4 }, () => project.startPool());
    const lines = await Promise.all(pools.map(({ firstLine }) => firstLine));
    const others = pools.filter((_, index) => lines[index]?.includes('runs already'));
    return {
      ready: lines.filter((line) => line.includes('instances ready')).length,
      others: others.length,
      exitCodes: await Promise.all(others.map(async ({ ended }) => (await ended).exitCode)),
    };
  }

  it('exactly one stays', async () => {
    expect(await startFour()).toEqual({ ready: 1, others: 3, exitCodes: [0, 0, 0] });
  });

  it('exactly one takes over what a killed one left', async () => {
    const killed = await project.readyPool();
    killed.kill('SIGKILL');
    await killed.ended;
    expect(await startFour()).toEqual({ ready: 1, others: 3, exitCodes: [0, 0, 0] });
  });
});

describe('a pool', () => {
  it('takes over from a killed one, and says so', async () => {
    const killed = await project.readyPool();
    killed.kill('SIGKILL');
    await killed.ended;
    const pool = await project.readyPool();
    pool.kill('SIGTERM');
    expect((await pool.ended).stderr).toContain(`process ${String(killed.pid)} ended without taking its socket away`);
  });

  it('is replaced by one of another build', async () => {
    const old = await project.readyPool();
    const replacing = project.startPool([], writeOtherBuild(join(project.folder, '.other')));
    expect(await replacing.firstLine).toContain('instances ready');
    expect(await old.ended).toMatchObject({ exitCode: 0 });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends at %s and leaves nothing behind', async (signal) => {
    const pool = await project.readyPool();
    pool.kill(signal);
    expect(await pool.ended).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('ended (interrupted)') });
    expect(project.leftovers()).toEqual([]);
  });

  it('ends when nobody wants anything, and leaves nothing behind', async () => {
    const pool = await project.readyPool(['--idle-exit', '1']);
    expect(await pool.ended).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('ended (idle)') });
    expect(project.leftovers()).toEqual([]);
  });

  it('closes a connection that sends garbage, and serves on', async () => {
    await project.readyPool();
    const socket = connect(project.socketPath());
    socket.on('error', () => undefined).resume();
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await new Promise((resolve) => socket.on('close', resolve));
    expect(await project.optimizeInPool()).toMatchObject({ ...right, ranIn: 'resident' });
  });

  it('refuses to start in a folder that is open to others', async () => {
    mkdirSync(join(project.runtime, 'booster'), { mode: 0o755 });
    const { exitCode, stderr } = await project.startPool().ended;
    expect(stderr).toContain('is open to other users');
    expect(exitCode).toBe(2);
  });

  it('refuses to start beside one that hangs, and names its process', async () => {
    const hung = await project.readyPool();
    hung.kill('SIGSTOP');
    const { exitCode, stderr } = await project.startPool().ended;
    expect(stderr).toContain(`process ${String(hung.pid)}`);
    expect(exitCode).toBe(2);
  });

  it('survives a thread of its own that is out of memory, and goes on serving', async () => {
    const pool = await project.readyPool();
    project.write(
      'deep.ts',
      `export const a = ${'['.repeat(200_000)}${']'.repeat(200_000)};\n[].filter(Boolean)[0];\n`,
    );
    await project.run(['optimize', 'deep.ts']);
    expect(await project.optimizeInPool()).toMatchObject({ ...right, ranIn: 'resident' });
    pool.kill('SIGTERM');
    expect((await pool.ended).exitCode).toBe(0);
  });
});

/** A process in the pool's place that welcomes a client, tells of its task, and answers nothing. */
async function startServerThatNeverAnswers(): Promise<{ task: Promise<void>; kill: () => void }> {
  const place = residentPlace({
    cwd: project.folder,
    env: project.environment,
    userId: process.getuid?.(),
  });
  mkdirSync(place.folder, { mode: 0o700 });
  mkdirSync(place.home, { mode: 0o700 });
  const program = join(project.folder, 'server.mjs');
  const identity = { version: packageJson.version, build: buildHash(), protocol: residentProtocol };
  writeFileSync(
    program,
    `import { createServer } from 'node:net';
    import { chmodSync } from 'node:fs';
    import { join } from 'node:path';
    const path = join(${JSON.stringify(place.home)}, process.pid + '-0123456789ab');
    const body = Buffer.from(JSON.stringify({ type: 'welcome', ...${JSON.stringify(identity)}, processId: process.pid }));
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length);
    createServer((socket) => {
      let text = '';
      socket.on('data', (piece) => {
        text += piece.toString('latin1');
        if (text.includes('"run"')) console.log('task');
      });
      socket.write(Buffer.concat([head, body]));
    }).listen(path, () => {
      chmodSync(path, 0o600);
      console.log('listening');
    });`,
  );
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return { task: lines.next().then(() => undefined), kill: () => void child.kill('SIGKILL') };
}
