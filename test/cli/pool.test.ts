import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ResidentProject } from '../fault/resident/resident-project.ts';

let project: ResidentProject;

beforeEach(() => {
  project = new ResidentProject();
});

afterEach(async () => {
  await project.endPools();
});

describe('booster pool run', () => {
  it('says when it is ready, with its process and instances', async () => {
    const pool = project.startPool();
    expect(await pool.firstLine).toBe(
      `resident pool of ${project.folder}: process ${String(pool.pid)}, 1 instances ready, ends after 15 min without a task`,
    );
  });

  it('says that one runs already, which is no failure', async () => {
    const first = await project.readyPool();
    const { stdout, exitCode } = await project.startPool().ended;
    expect(stdout).toBe(`resident pool of ${project.folder}: runs already, process ${String(first.pid)}\n`);
    expect(exitCode).toBe(0);
  });

  it('is one for all folders of a project', async () => {
    const first = await project.readyPool();
    project.write('deep/er/a.ts', '');
    const { stdout } = await project.run(['pool', 'run'], { cwd: 'deep/er' });
    expect(stdout).toContain(`runs already, process ${String(first.pid)}`);
  });

  it('goes to the background with --detach, logs to the state folder, and serves', async () => {
    const { stdout, stderr, exitCode } = await project.run(['pool', 'run', '--min', '1', '--detach']);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toContain('1 instances ready');
    expect(await project.optimizeInPool()).toMatchObject({ ranIn: 'resident' });
    expect(project.log()).toContain('1 instances ready');
  });

  it('says with --detach that one runs already', async () => {
    const first = await project.readyPool();
    const { stdout, exitCode } = await project.run(['pool', 'run', '--detach']);
    expect(stdout).toContain(`runs already, process ${String(first.pid)}`);
    expect(exitCode).toBe(0);
  });

  it('reports with --detach why it could not start', async () => {
    const env = { XDG_RUNTIME_DIR: project.runtime, WASM_POOL_SIZE: '0' };
    const { stderr, exitCode } = await project.run(['pool', 'run', '--detach'], { env });
    expect(stderr).toContain('WASM_POOL_SIZE');
    expect(exitCode).toBe(2);
  });

  it('reports with --detach what goes wrong in the background', async () => {
    project.write('.run/booster', '');
    const { stderr, exitCode } = await project.run(['pool', 'run', '--detach']);
    expect(stderr).toContain('is not a folder');
    expect(exitCode).toBe(2);
  });

  it.each([
    [['--min', '-1'], "--min: '-1' is not a whole number from 0 to 64"],
    [['--min', '11'], '--min: 11 is more than pool.maximum, which is 10'],
    [['--idle-exit', '0'], "--idle-exit: '0' is not a whole number from 1 to 604800"],
    [['--idle-exit', '1e3'], "--idle-exit: '1e3' is not a whole number"],
  ])('refuses %j', async (args, message) => {
    const { stderr, exitCode } = await project.run(['pool', 'run', ...args]);
    expect(stderr).toContain(message);
    expect(stderr).toContain('see `booster pool --help`');
    expect(exitCode).toBe(2);
  });
});

describe('booster pool status', () => {
  it('says that none is running, with exit code 3', async () => {
    const { stdout, exitCode } = await project.run(['pool', 'status']);
    expect(stdout).toBe(
      `resident pool of ${project.folder}: none is running\n\n` +
        'no pool is running, and none has been heard of\nredis: disabled\n',
    );
    expect(exitCode).toBe(3);
  });

  it('says the same of one that was killed', async () => {
    const pool = await project.readyPool();
    pool.kill('SIGKILL');
    await pool.ended;
    expect((await project.run(['pool', 'status'])).exitCode).toBe(3);
  });

  it('shows the figures of a healthy one, with exit code 0', async () => {
    const pool = await project.readyPool();
    await project.optimize();
    const { stdout, exitCode } = await project.run(['pool', 'status']);
    expect(stdout).toContain(`resident pool of ${project.folder}: healthy\n  process ${String(pool.pid)}, version`);
    // its warm-up is a task, too
    expect(stdout).toMatch(/^worker-1 {2}idle .* 2 {6}0 .* MB of 512 MB$/m);
    expect(stdout).toMatch(/^tasks: 2 done, 0 failed, 0 retried, 0 running, 0 waiting, run p50/m);
    expect(stdout).toMatch(/^instances: 1 started, 0 failed, 0 recycled; available 100 % of the time$/m);
    expect(exitCode).toBe(0);
  });

  it('is one JSON document with --json', async () => {
    const pool = await project.readyPool();
    const { stdout } = await project.run(['pool', 'status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      project: project.folder,
      health: 'healthy',
      problems: [],
      status: { processId: pool.pid, minimum: 1, pool: { instances: [{ id: 'worker-1', state: 'idle' }] } },
    });
  });

  it('is JSON when none is running, too', async () => {
    const { stdout, exitCode } = await project.run(['pool', 'status', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      project: project.folder,
      health: 'none',
      problems: [],
      pools: [],
      instances: [],
      redis: { state: 'disabled' },
    });
    expect(exitCode).toBe(3);
  });

  it('calls one that hangs degraded, with exit code 1', async () => {
    const pool = await project.readyPool();
    pool.kill('SIGSTOP');
    const { stdout, exitCode } = await project.run(['pool', 'status']);
    expect(stdout).toContain(`degraded\n  resident pool (process ${String(pool.pid)}) did not answer within 2000 ms`);
    expect(exitCode).toBe(1);
  });
});

describe('booster pool stop', () => {
  it('ends the pool and returns when its process is gone', async () => {
    const pool = await project.readyPool();
    const { stdout, exitCode } = await project.run(['pool', 'stop']);
    expect(stdout).toBe(`resident pool of ${project.folder}: process ${String(pool.pid)} has ended\n`);
    expect(exitCode).toBe(0);
    expect(await pool.ended).toMatchObject({ exitCode: 0 });
    expect(project.leftovers()).toEqual([]);
  });

  it('is content when none is running', async () => {
    const { stdout, exitCode } = await project.run(['pool', 'stop']);
    expect(stdout).toBe(`resident pool of ${project.folder}: none is running\n`);
    expect(exitCode).toBe(0);
  });

  it('clears away what a killed one left', async () => {
    const pool = await project.readyPool();
    pool.kill('SIGKILL');
    await pool.ended;
    expect((await project.run(['pool', 'stop'])).stdout).toContain('none is running');
    expect(project.leftovers()).toEqual([]);
  });

  it('names the process of one that hangs, with exit code 2', async () => {
    const pool = await project.readyPool();
    pool.kill('SIGSTOP');
    const { stderr, exitCode } = await project.run(['pool', 'stop']);
    expect(stderr).toContain(`process ${String(pool.pid)}`);
    expect(exitCode).toBe(2);
  });
});

describe('booster optimize', () => {
  it('leaves the pool alone with --no-resident', async () => {
    await project.readyPool();
    const { stdout } = await project.run(['optimize', 'slow.ts', '--reporter', 'json', '--no-resident']);
    expect(JSON.parse(stdout).files[0].ranIn).toBeUndefined();
  });

  it('leaves the pool alone when the configuration says so', async () => {
    await project.readyPool();
    project.write('.boosterrc', 'pool: { resident: never }');
    expect((await project.optimize()).ranIn).toBeUndefined();
  });

  it('gives standard input to the pool', async () => {
    await project.readyPool();
    const input = project.read('slow.ts');
    const { stdout } = await project.run(['optimize', '-', '--reporter', 'json'], { input });
    expect(JSON.parse(stdout).files[0]).toMatchObject({ status: 'changed', ranIn: 'resident' });
  });

  it('gives a whole folder to the pool, with the results of a run without it', async () => {
    for (let index = 0; index < 30; index += 1) project.write(`many/${String(index)}.ts`, project.read('slow.ts'));
    const alone = await project.run(['optimize', 'many', '--reporter', 'json', '--no-resident']);
    await project.readyPool();
    const { stdout, stderr } = await project.run(['optimize', 'many', '--reporter', 'json']);
    const files = JSON.parse(stdout).files as { ranIn?: string }[];
    expect(files.every(({ ranIn }) => ranIn === 'resident')).toBe(true);
    expect(files.map((file) => ({ ...file, ranIn: undefined }))).toEqual(JSON.parse(alone.stdout).files);
    expect(stderr).not.toContain('Warning');
  });
});
