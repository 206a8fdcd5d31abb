import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRecord } from '../../src/records/run-record.ts';
import { Project } from '../cli/project.ts';
import type { Run } from '../cli/project.ts';
import { RedisServer, freePort } from '../contract/redis-server.ts';
import { FlakyProxy } from './flaky-proxy.ts';
import type { ProxyMode } from './flaky-proxy.ts';
import { Random } from './fuzz/random.ts';

const seed = Number(process.env['BOOSTER_CHAOS_SEED'] ?? Date.now() % 2 ** 31);
/** Each with five runs at once, which share a state folder and so its spool and its flushers. */
const batches = 100;
const runsAtOnce = 5;

const prefix = 'swarm:phase-5:';
const code = 'export const hit = (xs: Set<number>) => [...xs].includes(1);\n';

const project = new Project();
const state = join(project.folder, '.state');
const spool = join(state, 'booster', 'spool');
/** Of the server, so that it comes back with what it had when it was killed. */
const data = mkdtempSync(join(tmpdir(), 'booster-chaos-'));
const heard = new Map<string, number>();
const done = new Map<string, number>();
let server: RedisServer;
let proxy: FlakyProxy;
let observer: Redis;

async function startServer(port?: number): Promise<RedisServer> {
  // what was acknowledged is on the disk: otherwise the server itself would lose it
  const args = ['--dir', data, '--appendonly', 'yes', '--appendfsync', 'always'];
  return RedisServer.start({ args, ...(port !== undefined && { port }) });
}

beforeAll(async () => {
  mkdirSync(state);
  project.write('package.json', '{}');
  server = await startServer();
  proxy = new FlakyProxy(await freePort(), server.port);
  await proxy.set('pass');
  observer = new Redis(server.port, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: null });
  observer
    .on('error', () => undefined)
    .on('message', (_channel: string, message: string) => {
      const { runId } = JSON.parse(message) as { runId?: string };
      if (runId !== undefined) heard.set(runId, (heard.get(runId) ?? 0) + 1);
    });
  await observer.subscribe(`${prefix}booster`);
});

afterAll(async () => {
  observer.disconnect();
  await proxy.set('refuse');
  await server.stop();
  rmSync(data, { recursive: true, force: true });
  rmSync(project.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

interface RunOptions {
  readonly killAfterMs?: number | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

/** A run of its own file; `killAfterMs`: it is killed then, unless it was quicker. */
async function run(
  name: string,
  args: readonly string[],
  { killAfterMs, env: more }: RunOptions = {},
): Promise<Run & { isKilled: boolean }> {
  const env = { XDG_STATE_HOME: state, BOOSTER_REDIS_URL: `redis://127.0.0.1:${proxy.port}`, ...more };
  const child = project.start(['optimize', name, '--reporter', 'concise', '--no-cache', ...args], { env });
  if (killAfterMs !== undefined) void setTimeout(killAfterMs).then(() => child.kill('SIGKILL'));
  const { stdout, stderr, exitCode, signal } = await child;
  return { stdout, stderr, exitCode, isKilled: signal === 'SIGKILL' };
}

/** Kills a process of ours that brings records away at the moment. */
function killFlusher(): boolean {
  const locks = readdirSync(spool).flatMap((name) => readdirSync(join(spool, name)));
  for (const name of locks) {
    const [, processId] = /^flusher-\d+-(\d+)-/.exec(name) ?? [];
    if (processId === undefined || !isFlusher(processId)) continue;
    process.kill(Number(processId), 'SIGKILL');
    return true;
  }
  return false;
}

/** There may be none at the moment, or one that has just begun. */
async function killSoon(): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (killFlusher()) {
      count('processes in the background killed');
      return;
    }
    await setTimeout(5);
  }
}

/** Numbers of processes are used again. */
function isFlusher(processId: string): boolean {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, 'utf8').includes('flush-records.cjs');
  } catch {
    return false;
  }
}

async function through(mode: ProxyMode, work: () => Promise<void>): Promise<void> {
  await proxy.set(mode);
  await work();
  await proxy.set('pass');
}

/** What happens to Redis while five runs are on their way. */
const faults: Readonly<Record<string, (random: Random, runs: () => Promise<void>) => Promise<void>>> = {
  none: (_, runs) => runs(),
  'server killed': async (random, runs) => {
    const running = runs();
    await setTimeout(random.below(300));
    await server.stop();
    if (random.chance(0.5)) await running;
    server = await startServer(server.port);
    await running;
  },
  'server frozen': async (random, runs) => {
    const running = runs();
    await setTimeout(random.below(200));
    server.signal('SIGSTOP');
    await Promise.race([running, setTimeout(random.below(600))]);
    server.signal('SIGCONT');
    await running;
  },
  'connections ended': async (random, runs) => {
    const admin = new Redis(server.port, '127.0.0.1');
    const batchState = { isOver: false };
    const running = runs().finally(() => (batchState.isOver = true));
    while (!batchState.isOver) {
      await admin.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await setTimeout(1 + random.below(30));
    }
    await running;
    admin.disconnect();
  },
  refused: (_, runs) => through('refuse', runs),
  'swallowed (blackhole)': (_, runs) => through('silent', runs),
  'cut off in the middle': (random, runs) => through({ drop: random.below(2500) }, runs),
  slow: (random, runs) => through({ delayMs: 20 + random.below(120) }, runs),
  flapping: async (random, runs) => {
    const batchState = { isOver: false };
    const running = runs().finally(() => (batchState.isOver = true));
    while (!batchState.isOver) {
      await proxy.set(random.chance(0.5) ? 'refuse' : 'pass');
      await setTimeout(random.below(40));
    }
    await proxy.set('pass');
    await running;
  },
};

async function recordsHere(): Promise<RunRecord[]> {
  const { stdout } = await project.run(['runs', 'list', '--json', '--limit', '100000', '--redis', 'none'], {
    env: { XDG_STATE_HOME: state },
  });
  return (JSON.parse(stdout) as { runs: RunRecord[] }).runs;
}

function waiting(): string[] {
  return readdirSync(spool).flatMap((name) => readdirSync(join(spool, name)).filter((file) => file.endsWith('.jsonl')));
}

function count(what: string): void {
  done.set(what, (done.get(what) ?? 0) + 1);
}

/** Names of the files whose run ended by itself, and so has acknowledged its record. */
const acknowledged = new Set<string>();
const started = new Set<string>();

/** A run on its own, before the faults begin. */
interface Reference extends Run {
  readonly durationMs: number;
}

async function batch(index: number, random: Random, reference: Reference): Promise<void> {
  const fault = random.pick(Object.keys(faults));
  count(fault);
  const runs = Array.from({ length: runsAtOnce }, (_, place) => {
    const name = `f${String(index)}-${String(place)}.ts`;
    project.write(name, code);
    started.add(name);
    const isPatient = random.chance(0.6);
    const killAfterMs = random.chance(0.2) ? random.below(1.5 * reference.durationMs) : undefined;
    return async (): Promise<void> => {
      const { stdout, stderr, exitCode, isKilled } = await run(name, isPatient ? ['--wait-redis'] : [], {
        killAfterMs,
      });
      count(isKilled ? 'runs killed' : 'runs that ended');
      if (isKilled) return;
      acknowledged.add(name);
      const { stdout: wanted, exitCode: wantedCode } = reference;
      expect({ stdout: stdout.replaceAll(name, 'a.ts'), exitCode }).toEqual({ stdout: wanted, exitCode: wantedCode });
      const warnings = stderr.split('\n').filter((line) => line.startsWith('warning: Redis '));
      if (warnings.length > 0) count('runs that warned');
      expect(warnings.length).toBeLessThanOrEqual(1);
      const others = stderr.split('\n').filter((line) => !line.startsWith('warning: Redis '));
      expect(
        others
          .join('\n')
          .replaceAll(name, 'a.ts')
          .replaceAll(/[\d.]+ m?s/g, ''),
      ).toBe(reference.stderr);
    };
  });
  const all = async (): Promise<void> => {
    await Promise.all(runs.map((one) => one()));
  };
  await faults[fault]?.(random, all);
  if (random.chance(0.5)) await killSoon();
}

it('loses no record, delivers none twice and changes no result while Redis is killed, frozen, cut off and refusing, and booster killed', async () => {
  console.log(`BOOSTER_CHAOS_SEED=${String(seed)}, ${String(batches * runsAtOnce)} runs`);
  const random = new Random(seed);
  project.write('a.ts', code);
  const begun = performance.now();
  const { stdout, stderr, exitCode } = await run('a.ts', ['--no-record']);
  const durationMs = performance.now() - begun;
  const reference = { stdout, stderr: stderr.replaceAll(/[\d.]+ m?s/g, ''), exitCode, durationMs };
  for (let index = 0; index < batches; index += 1) await batch(index, random, reference);

  await proxy.set('pass');
  project.write('last.ts', code);
  for (let attempt = 0; attempt === 0 || waiting().length > 0; attempt += 1) {
    // a process in the background that a fault has caught ends after 30 s at the latest
    expect(attempt, `attempts to deliver ${waiting().join(', ')}`).toBeLessThan(50);
    await run('last.ts', ['--wait-redis'], { env: { BOOSTER_REDIS_WAIT_MS: '20000' } });
    await setTimeout(1000);
  }
  const here = await recordsHere();
  const admin = new Redis(server.port, '127.0.0.1');
  const there = (await admin.keys(`${prefix}run:*`)).map((key) => key.replace(`${prefix}run:`, ''));
  const indexed = await admin.zrange(`${prefix}runs`, 0, -1);
  admin.disconnect();
  console.log([...done].map(([what, times]) => `${what} ${String(times)}`).join(', '));
  console.log(`${String(here.length)} records here, ${String(there.length)} in Redis, ${String(heard.size)} heard of`);

  const files = new Set(here.map(({ file }) => file));
  expect([...acknowledged].filter((name) => !files.has(name))).toEqual([]);
  // one record for each run: none is there under two ids
  const named = here.filter(({ file }) => file !== 'last.ts');
  expect(named.length).toBe(new Set(named.map(({ file }) => file)).size);
  expect(named.every(({ file }) => file !== undefined && started.has(file))).toBe(true);
  const ids = here.map(({ id }) => id).sort();
  expect(there.sort()).toEqual(ids);
  expect(indexed.sort()).toEqual(ids);
  expect([...heard].filter(([, times]) => times > 1)).toEqual([]);
});
