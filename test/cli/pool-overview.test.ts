import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RedisServer, freePort } from '../contract/redis-server.ts';
import { RedisStore } from '../../src/records/redis/RedisStore.ts';
import { sampleBooster, sampleInstance } from '../contract/sample-health.ts';
import { ResidentProject } from '../fault/resident/resident-project.ts';

let server: RedisServer;
let project: ResidentProject;

beforeAll(async () => {
  server = await RedisServer.start();
});

afterAll(() => server.stop());

beforeEach(() => {
  project = new ResidentProject();
});

afterEach(async () => {
  await project.endPools();
});

/** What a pool of another host says. */
async function heartbeat(...changes: Parameters<typeof sampleBooster>): Promise<void> {
  const settings = {
    password: '',
    passwordFile: '',
    prefix: 'swarm:phase-5',
    ttlSeconds: 60,
    ca: '',
    cert: '',
    key: '',
  };
  const store = await RedisStore.open({
    settings: { ...settings, url: server.url },
    sealer: undefined,
    timeLeftMs: () => 5000,
    onTrouble: (trouble) => {
      throw trouble;
    },
  });
  const booster = sampleBooster({ id: 'other:1', host: 'other', pid: 1, ...changes[0] });
  await store.saveBooster(booster);
  const { id: boosterId, host, pid, heartbeatAt } = booster;
  await store.saveInstances([sampleInstance({ id: `${boosterId}:worker-1`, boosterId, host, pid, heartbeatAt })]);
  await store.close();
}

const status = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  project.run(['pool', 'status', ...args], { env });

describe('booster pool status over all hosts', () => {
  it('shows the instances of a pool that runs in another project of this user', async () => {
    await project.readyPool();
    const { stdout, exitCode } = await project.run(['pool', 'status', '--json'], {
      env: { XDG_RUNTIME_DIR: join(project.folder, '.nowhere') },
    });
    expect(JSON.parse(stdout)).toMatchObject({
      health: 'healthy',
      pools: [{ host: hostname(), status: 'active' }],
      instances: [{ health: 'healthy' }],
      redis: { state: 'disabled' },
    });
    expect(exitCode).toBe(0);
  });

  it('says when the last one ended, and what it did', async () => {
    await project.readyPool();
    await project.optimizeInPool();
    await project.run(['pool', 'stop']);
    const { stdout, exitCode } = await status();
    expect(stdout).toMatch(
      /no pool is running; the last one \(.*, process \d+ on .*\) ended .* ago: [2-9] tasks, 0 failed, p50 /,
    );
    expect(exitCode).toBe(3);
  });

  it('shows with Redis the pools of other hosts in a table with totals', async () => {
    await heartbeat({ heartbeatAt: Date.now() });
    const { stdout, exitCode } = await status(['--redis', server.url]);
    expect(stdout).toContain('pools of all hosts: 1 pool on 1 host\n');
    expect(stdout).toMatch(
      /^instance {2}host {3}pid {2}project {2}state +health +up +tasks +failed +p50 +p95 +memory +recycles$/m,
    );
    expect(stdout).toMatch(
      /^worker-1 {2}other {2}1 +shop +idle +healthy +.* +12 +1 +1\.5 ms {2}7 ms +30 MB of 512 MB +0$/m,
    );
    expect(stdout).toMatch(/^total .* 12 +1 +1\.5 ms {2}7 ms +30 MB +2$/m);
    expect(stdout).toMatch(/^redis: up [\d.]+ m?s \(redis:\/\/127\.0\.0\.1:\d+\)$/m);
    expect(exitCode).toBe(0);
  });

  it('does not show those that have missed two heartbeats', async () => {
    await heartbeat({ heartbeatAt: Date.now() - 10_001, project: 'silent' });
    const { stdout, exitCode } = await status(['--redis', server.url]);
    expect(stdout).toMatch(
      /no pool is running; the last one \(silent, process 1 on other\) was last heard of \d+ s ago, and did not say that it ends/,
    );
    expect(exitCode).toBe(3);
  });

  it('is degraded when one of them is', async () => {
    await heartbeat({ heartbeatAt: Date.now(), status: 'degraded' });
    expect((await status(['--redis', server.url])).exitCode).toBe(1);
  });

  it('says why Redis is down, without its password', async () => {
    const url = `redis://:hunter2@127.0.0.1:${await freePort()}`;
    const { stdout, exitCode } = await status([], { BOOSTER_REDIS_URL: url });
    expect(stdout).toMatch(/^redis: down: connection refused \(redis:\/\/\*\*\*@127\.0\.0\.1:\d+\)$/m);
    expect(exitCode).toBe(3);
  });

  it('gets what the resident pool tells Redis, and its end', async () => {
    project.write('.boosterrc', `redis: { url: '${server.url}' }`);
    await heartbeat({ heartbeatAt: 1, status: 'stopped' });
    const pool = await project.readyPool();
    const isTold = async (health: string): Promise<boolean> => {
      const { stdout } = await status(['--json', '--store', join(project.folder, '.empty')], {
        XDG_RUNTIME_DIR: '/nowhere',
      });
      return (JSON.parse(stdout) as { health: string }).health === health;
    };
    while (!(await isTold('healthy')));
    pool.kill('SIGTERM');
    await pool.ended;
    expect(await isTold('none')).toBe(true);
  });

  it('looks again and again with --watch, a document a line, until it is interrupted', async () => {
    const watching = project.start(['pool', 'status', '--watch', '--json']);
    let lines = 0;
    watching.stdout.on('data', () => {
      lines += 1;
      if (lines === 2) watching.kill('SIGINT');
    });
    const { stdout, exitCode } = await watching;
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ health: 'none' });
    expect(exitCode).toBe(3);
  });
});
