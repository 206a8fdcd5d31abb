import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { BoosterAgentRegistry } from '../../../src/agents/BoosterAgentRegistry.ts';
import { redisCheck } from '../../../src/app/redis-check.ts';
import { resolveConfig } from '../../../src/config/resolve-config.ts';
import { LocalStore } from '../../../src/records/local/LocalStore.ts';
import { storePlace } from '../../../src/records/local/store-place.ts';
import { RedisStore } from '../../../src/records/redis/RedisStore.ts';
import type { RunRecord } from '../../../src/records/run-record.ts';
import { RedisServer } from '../../contract/redis-server.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const slow = 'export const newest = (xs: string[]) => xs.slice(-1)[0];\n';
const task = { type: 'code-optimization', input: { code: slow, filename: 'src/newest.ts' } } as const;

let server: RedisServer;
let folder: string;

beforeAll(async () => {
  server = await RedisServer.start();
  folder = mkdtempSync(join(tmpdir(), 'booster-remote-'));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

let processes = 0;

/** A process of its own, as far as a registry can tell. */
function processOf(env: Readonly<Record<string, string>>) {
  processes += 1;
  const pid = process.pid * 1000 + processes;
  return { env: { BOOSTER_STORE: join(folder, 'store'), ...env }, pid, platform: process.platform, kill: () => true };
}

async function registryOf(env: Readonly<Record<string, string>>) {
  const registry = new BoosterAgentRegistry({ projectFolder: folder, process: processOf(env) });
  onTestFinished(() => registry.shutdown());
  const troubles: string[] = [];
  registry.on('trouble', ({ code }) => troubles.push(code));
  await registry.initialize();
  return { registry, troubles };
}

async function settings(env: Readonly<Record<string, string>>) {
  return (await resolveConfig({ cwd: folder, env })).config.redis;
}

/** What is recorded, in the local store. */
async function records(): Promise<readonly RunRecord[]> {
  const place = storePlace({ env: {}, cwd: folder, platform: process.platform, userId: process.getuid?.() }, 'store');
  if (place === undefined) throw new Error('there is no place');
  const limits = { maximumRecords: 1000, maximumAgeMs: 3_600_000 };
  return new LocalStore({ place, limits, sealer: undefined, onTrouble: () => undefined }).queryRuns(
    { command: 'agent' },
    100,
  );
}

/** A server that takes connections and says nothing. */
async function silentServer(): Promise<string> {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  onTestFinished(() => {
    silent.close();
  });
  return `redis://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
}

describe('registries of two processes', () => {
  test('see the agents of each other, and when they go', async () => {
    const env = { BOOSTER_REDIS_URL: server.url, BOOSTER_REDIS_PREFIX: 'see' };
    const { registry: one } = await registryOf(env);
    const { registry: other } = await registryOf(env);
    const events: string[] = [];
    one.on('agent-seen', ({ name }) => events.push(`seen ${name}`));
    one.on('agent-lost', ({ name }) => events.push(`lost ${name}`));
    await other.createAgent('code-booster', { name: 'helper', capabilities: ['refactoring'] });
    await other.refreshRemoteAgents();
    expect(await one.refreshRemoteAgents()).toMatchObject([{ name: 'helper', capabilities: ['refactoring'], load: 0 }]);
    expect(one.agents).toEqual([]);
    await other.shutdown();
    expect(await one.refreshRemoteAgents()).toEqual([]);
    expect(events).toEqual(['seen helper', 'lost helper']);
  });

  test.each(['gone', 'silent'])('go on alone when Redis is %s, say so once, and end', async (how) => {
    const url = how === 'gone' ? 'redis://127.0.0.1:1' : await silentServer();
    const { registry, troubles } = await registryOf({ BOOSTER_REDIS_URL: url });
    await registry.createAgent('code-booster');
    expect(await registry.executeTask(task)).toMatchObject({ status: 'done' });
    await expect(registry.refreshRemoteAgents()).rejects.toMatchObject({ code: 'E_REDIS_UNAVAILABLE' });
    await registry.shutdown();
    expect(troubles).toEqual(['E_REDIS_UNAVAILABLE']);
  });

  /** What a process prints that makes an agent, asks for those of others, and does the rest. */
  function asked(rest: string) {
    const program = `
      import { BoosterAgentRegistry } from 'code-booster';
      const registry = new BoosterAgentRegistry({ process });
      await registry.createAgent('code-booster');
      await registry.refreshRemoteAgents();
      ${rest}`;
    const env = { PATH: process.env['PATH'], HOME: folder, BOOSTER_REDIS_URL: server.url, BOOSTER_REDIS_PREFIX: 'end' };
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      ...{ cwd: root, encoding: 'utf8', timeout: 50_000, env },
    });
    return { stdout, stderr, status };
  }

  test('end by themselves, shut down or not', () => {
    expect(asked("console.log('ready');")).toEqual({ stdout: 'ready\n', stderr: '', status: 0 });
  });

  test('leave no socket and no timer when they are shut down', () => {
    const rest = `await registry.shutdown();
      console.log(process.getActiveResourcesInfo().filter((name) => /TCP|Timeout/.test(name)).join());`;
    expect(asked(rest)).toEqual({ stdout: '\n', stderr: '', status: 0 });
  });
});

describe('tasks of a registry that was given the process', () => {
  test('are not begun with a configuration that is wrong, and the registry can still be shut down', async () => {
    const registry = new BoosterAgentRegistry({ projectFolder: folder, process: processOf({ BOOSTER_LEVEL: 'wild' }) });
    await expect(registry.createAgent('code-booster')).rejects.toMatchObject({ code: 'E_CONFIG_INVALID' });
    await registry.shutdown();
    await expect(registry.initialize()).rejects.toMatchObject({ code: 'E_AGENT_CLOSED' });
  });

  test('are recorded with how they ended, and no code', async () => {
    const { registry } = await registryOf({});
    await registry.createAgent('code-booster');
    await registry.executeTask(task);
    await registry.executeTask({ type: 'code-generation', description: 'something else', input: {} });
    await registry.executeTask({ type: 'performance-analysis', input: { code: slow, filename: 'a.ts' } });
    const found = await records();
    const told = found.map(({ status, engine, code, file }) => [status, engine, code, file]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['changed', 'code-optimization', undefined, 'src/newest.ts'],
        ['refused', 'code-generation', 'E_GENERATE_UNCLEAR', undefined],
        ['analyzed', 'performance-analysis', undefined, 'a.ts'],
      ]),
    );
    expect(found.find(({ file }) => file === 'src/newest.ts')).toMatchObject({
      ...{ rules: ['slice-index'], language: 'typescript', bytesBefore: slow.length, bytesAfter: slow.length - 5 },
    });
    expect(JSON.stringify(found)).not.toContain('newest =');
  });

  test('reach Redis with a heartbeat', async () => {
    const env = { BOOSTER_REDIS_URL: server.url, BOOSTER_REDIS_PREFIX: 'reach', BOOSTER_STORE: join(folder, 'reach') };
    const { registry } = await registryOf(env);
    await registry.createAgent('code-booster');
    await registry.executeTask(task);
    await registry.refreshRemoteAgents();
    const store = await RedisStore.open({
      ...{ settings: await settings(env), sealer: undefined, timeLeftMs: () => 5000, onTrouble: () => undefined },
    });
    onTestFinished(() => store.close());
    expect(await store.queryRuns({}, 10)).toMatchObject([{ command: 'agent', file: 'src/newest.ts' }]);
  });
});

describe('the check of Redis in booster doctor', () => {
  test('is ok without Redis, and when it can be written', async () => {
    expect(await redisCheck(await settings({}))).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/not configured/) as string,
    });
    const up = await redisCheck({ ...(await settings({ BOOSTER_REDIS_URL: server.url })), waitMs: 60_000 });
    expect(up).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/wrote, read and deleted an entry/) as string,
    });
  });

  test('warns when nobody answers, and fails when the settings are wrong', async () => {
    expect(await redisCheck(await settings({ BOOSTER_REDIS_URL: 'redis://127.0.0.1:1' }))).toMatchObject({
      ...{
        status: 'warn',
        detail: expect.stringMatching(/connection refused/) as string,
        remedy: expect.stringMatching(/local store/) as string,
      },
    });
    const secured = await RedisServer.start({ args: ['--requirepass', 'secret'] });
    onTestFinished(() => secured.stop());
    const wrong = { BOOSTER_REDIS_URL: secured.url, BOOSTER_REDIS_PASSWORD: 'guess' };
    expect(await redisCheck(await settings(wrong))).toMatchObject({
      ...{
        status: 'fail',
        detail: expect.stringMatching(/wrong user or password/) as string,
        remedy: expect.stringMatching(/settings that begin with redis/) as string,
      },
    });
  });
});
