import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/records/run-record.ts';
import { RedisServer, freePort } from '../contract/redis-server.ts';
import { Project } from './project.ts';

let server: RedisServer;
let admin: Redis;
let project: Project;

beforeAll(async () => {
  server = await RedisServer.start();
  admin = new Redis(server.port, '127.0.0.1');
});

afterAll(async () => {
  admin.disconnect();
  await server.stop();
});

beforeEach(async () => {
  await admin.flushall();
  project = new Project();
  project.write('package.json', '{}');
  project.write('a.ts', 'export const hit = (xs: Set<number>) => [...xs].includes(1);\n');
});

afterEach(() => {
  project.remove();
});

/** On a machine of its own: nothing but Redis is shared with other machines. */
function on(machine: string, url = server.url): Readonly<Record<string, string>> {
  const state = join(project.folder, `.${machine}`);
  mkdirSync(state, { recursive: true });
  return { XDG_STATE_HOME: state, BOOSTER_REDIS_URL: url, BOOSTER_REDIS_WAIT_MS: '20000' };
}

function optimize(env: Readonly<Record<string, string>>) {
  return project.run(['optimize', 'a.ts', '--wait-redis', '--no-cache'], { env });
}

async function listed(env: Readonly<Record<string, string>>, ...args: string[]): Promise<RunRecord[]> {
  const { stdout } = await project.run(['runs', 'list', '--json', ...args], { env });
  return (JSON.parse(stdout) as { runs: RunRecord[] }).runs;
}

/** What a stream has said so far. */
class Heard {
  #text = '';
  readonly #stream: Readable;

  constructor(stream: Readable) {
    this.#stream = stream.on('data', (data: Buffer) => (this.#text += data.toString()));
  }

  async says(words: string): Promise<void> {
    while (!this.#text.includes(words)) await once(this.#stream, 'data');
  }
}

describe('booster runs with Redis', () => {
  it('shows the runs of other hosts, each once', async () => {
    await optimize(on('one'));
    await optimize(on('two'));
    const { stdout } = await project.run(['runs', 'list', '--json'], { env: on('two') });
    const { runs, store } = JSON.parse(stdout) as { runs: RunRecord[]; store: { kind: string } };
    expect([runs.length, store.kind]).toEqual([2, 'redis']);
    expect(await listed(on('two'), '--store', join(project.folder, '.two', 'booster'))).toHaveLength(1);
  });

  it('says so and shows the local store alone when Redis cannot be used', async () => {
    await optimize(on('one'));
    const gone = on('one', `redis://user:hunter2@127.0.0.1:${await freePort()}`);
    const { stdout, stderr, exitCode } = await project.run(['runs', 'list', '--json'], { env: gone });
    const { runs, store } = JSON.parse(stdout) as { runs: RunRecord[]; store: { kind: string } };
    expect([runs.length, store.kind, exitCode]).toEqual([1, 'local', 0]);
    expect(stderr).toMatch(/^warning: Redis redis:\/\/\*\*\*@127\.0\.0\.1:\d+: connection refused; only .* is used/);
    expect(stdout + stderr).not.toContain('hunter2');
  });

  it('watches the channel, where runs of other hosts come by, and goes on when the connection is lost', async () => {
    const watching = project.start(['runs', 'watch', '--json'], { env: on('one') });
    const [out, err] = [new Heard(watching.stdout), new Heard(watching.stderr)];
    await err.says('watching redis://');
    await optimize(on('two'));
    await out.says('"booster.task.completed"');
    await admin.publish('swarm:phase-5:booster', '{"type":"booster.of.tomorrow"}');
    await err.says('E_REDIS_MESSAGE');
    await admin.client('KILL', 'TYPE', 'pubsub');
    await err.says('the connection was lost; trying again');
    while ((await admin.publish('swarm:phase-5:booster', '{}')) === 0);
    await optimize(on('two'));
    const [latest] = await listed(on('two'), '--limit', '1');
    await out.says(String(latest?.id));
    watching.kill('SIGINT');
    expect((await watching).exitCode).toBe(130);
  });
});
