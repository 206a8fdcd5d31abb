import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RedisServer, freePort } from '../../contract/redis-server.ts';
import { LyingServer } from './lying-server.ts';
import { RedisObserver, RedisProject } from './redis-project.ts';

/** A server that cannot be used, and how it becomes one that can, at the same address. */
interface Fault {
  readonly url: string;
  /** Gives the port of the server that works. */
  readonly heal: () => Promise<number>;
  readonly password?: string;
  readonly stop: () => Promise<void>;
}

const patient = { BOOSTER_REDIS_WAIT_MS: '20000' };

async function onPort(port: number, lie: LyingServer | undefined): Promise<Fault> {
  let server: RedisServer | undefined;
  return Promise.resolve({
    url: `redis://127.0.0.1:${port}`,
    async heal() {
      await lie?.stop();
      server = await RedisServer.start({ port });
      return port;
    },
    async stop() {
      await server?.stop();
    },
  });
}

/** A real server in a state that commands bring about and end. */
async function inState(
  args: readonly string[],
  heal: readonly [string, ...string[]],
  password?: string,
): Promise<Fault> {
  const server = await RedisServer.start({ args });
  const secret = password === undefined ? '' : `:${password}@`;
  return {
    url: server.url.replace('//', `//${secret}`),
    ...(password !== undefined && { password }),
    async heal() {
      const observer = await RedisObserver.open(server.port, args.includes('other') ? 'other' : undefined);
      await observer.command(...heal);
      observer.close();
      return server.port;
    },
    stop: () => server.stop(),
  };
}

async function droppingAfter(bytes: number): Promise<Fault> {
  const server = await RedisServer.start();
  const limit = { bytes };
  const proxy = await LyingServer.proxy(server.port, limit);
  return {
    url: proxy.url,
    heal() {
      limit.bytes = Infinity;
      return Promise.resolve(server.port);
    },
    async stop() {
      await proxy.stop();
      await server.stop();
    },
  };
}

const faults: Readonly<Record<string, { readonly open: () => Promise<Fault>; readonly reason: RegExp }>> = {
  absent: { open: async () => onPort(await freePort(), undefined), reason: /connection refused/ },
  'silent (accepts and never answers)': {
    open: async () => {
      const lie = await LyingServer.start(() => undefined);
      return onPort(lie.port, lie);
    },
    reason: /no answer in time/,
  },
  frozen: {
    open: async () => {
      const server = await RedisServer.start();
      server.signal('SIGSTOP');
      const heal = (): Promise<number> => {
        server.signal('SIGCONT');
        return Promise.resolve(server.port);
      };
      return { url: server.url, heal, stop: () => server.stop() };
    },
    reason: /no answer in time/,
  },
  'not Redis (speaks HTTP)': {
    open: async () => {
      const lie = await LyingServer.start((socket) => {
        socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      });
      return onPort(lie.port, lie);
    },
    reason: /speaks another protocol/,
  },
  'out of memory': {
    open: () => inState(['--maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']),
    reason: /out of memory/,
  },
  'a read-only replica': {
    open: () => inState(['--replicaof', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']),
    reason: /read-only replica/,
  },
  'behind another password': {
    open: () => inState(['--requirepass', 'other'], ['CONFIG', 'SET', 'requirepass', 'hunter2'], 'hunter2'),
    reason: /wrong user or password/,
  },
  'closing before the first answer': { open: () => droppingAfter(5), reason: /connection lost/ },
  'closing in the middle of a record': { open: () => droppingAfter(300), reason: /connection lost/ },
  'closing between a record and its index': { open: () => droppingAfter(620), reason: /connection lost/ },
};

let project: RedisProject;

beforeEach(() => {
  project = new RedisProject();
});

afterEach(() => {
  project.remove();
});

// Where the server never answers, the command waits 150 ms as by default; elsewhere it has time enough to be told the reason.
describe.each(Object.entries(faults))('a Redis that is %s', (_, { open, reason }) => {
  it('changes neither result nor exit code, costs one line, and gets every record once later', async () => {
    const fault = await open();
    try {
      const alone = await project.run(['optimize', 'a.ts', '--reporter', 'concise', '--no-record']);
      const env = reason.source.includes('in time') ? {} : patient;
      const plain = await project.optimize(fault.url, ['--wait-redis'], env);
      expect(plain.stdout).toBe(alone.stdout);
      expect(plain.exitCode).toBe(alone.exitCode);
      const lines = plain.stderr.split('\n').filter((line) => line.startsWith('warning: '));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(reason);
      expect(lines[0]).toMatch(
        /^warning: Redis redis:\/\/(?:\*\*\*@)?127\.0\.0\.1:\d+: .*; records wait in the local store$/,
      );
      const quiet = await project.optimize(fault.url, ['--wait-redis', '-q', '--check'], env);
      expect(quiet).toMatchObject({ stderr: '', exitCode: 1 });

      const observer = await RedisObserver.open(await fault.heal(), fault.password);
      try {
        const before = await observer.stored();
        const last = await project.optimize(fault.url, ['--wait-redis'], patient);
        expect(last.stderr).not.toContain('warning');
        const stored = await observer.stored();
        expect(stored).toHaveLength(3);
        // a record that was stored before the connection was lost was not announced then, and is not announced twice
        expect(new Set(observer.runIds).size).toBe(observer.runIds.length);
        expect(observer.runIds.length + before.length).toBe(3);
        expect(project.waiting()).toEqual([]);
      } finally {
        observer.close();
      }
    } finally {
      await fault.stop();
    }
  });
});

describe('a process in the background', () => {
  it('brings the records, and the command does not say anything', async () => {
    const server = await RedisServer.start();
    const observer = await RedisObserver.open(server.port);
    try {
      const { stderr } = await project.optimize(server.url, ['-q']);
      expect(stderr).toBe('');
      await observer.announced(1);
      expect(await observer.stored()).toEqual(observer.runIds);
    } finally {
      observer.close();
      await server.stop();
    }
  });

  it('is not started while Redis is known to be down, which is said', async () => {
    const port = await freePort();
    const first = await project.optimize(`redis://127.0.0.1:${port}`);
    expect(first.stderr).toMatch(/warning: .*connection refused/);
    const server = await RedisServer.start({ port });
    const observer = await RedisObserver.open(port);
    try {
      // it would be up, but the pause of 5 s is not over
      const second = await project.optimize(server.url);
      expect(second.stderr).toMatch(/warning: .*connection refused/);
      expect(project.waiting()).toHaveLength(1);
      await project.optimize(server.url, ['--wait-redis'], patient);
      expect(await observer.stored()).toHaveLength(3);
    } finally {
      observer.close();
      await server.stop();
    }
  });

  it('gets the password by its environment, which the server wants', async () => {
    const server = await RedisServer.start({ args: ['--requirepass', 'hunter2'] });
    const observer = await RedisObserver.open(server.port, 'hunter2');
    try {
      project.write('secret', 'hunter2\n');
      await project.optimize(server.url, [], { BOOSTER_REDIS_PASSWORD_FILE: 'secret' });
      await project.optimize(server.url, [], { BOOSTER_REDIS_PASSWORD: 'hunter2' });
      await observer.announced(2);
      expect(await observer.stored()).toHaveLength(2);
    } finally {
      observer.close();
      await server.stop();
    }
  });
});

describe('records made for one server', () => {
  it('never reach another one', async () => {
    const [one, two] = await Promise.all([RedisServer.start(), RedisServer.start()]);
    const observer = await RedisObserver.open(two.port);
    try {
      const gone = `redis://127.0.0.1:${await freePort()}`;
      await project.optimize(gone, ['--wait-redis']);
      await project.run(['optimize', 'a.ts'], { env: { XDG_STATE_HOME: project.state } });
      await project.optimize(one.url, ['--wait-redis'], patient);
      await project.optimize(two.url, ['--wait-redis'], patient);
      expect(await observer.stored()).toHaveLength(1);
      expect(project.waiting()).toHaveLength(1);
    } finally {
      observer.close();
      await Promise.all([one.stop(), two.stop()]);
    }
  });
});

describe('a password', () => {
  it.each([
    ['in a URL that works', 'redis://user:hunter2@127.0.0.1:1'],
    ['in a URL that is not understood', 'redis://user:hunter2@127.0.0.1:1/x?y'],
  ])('%s is never printed', async (_, url) => {
    const runs = await Promise.all([
      project.optimize(url, ['-v', '--wait-redis']),
      project.optimize(url, ['--print-config']),
      project.optimize('none', ['--redis', url, '-v', '--print-config']),
      project.optimize('none', ['--redis', url, '-v']),
      project.run(['optimize', 'a.ts', '--redis', url, '--reporter', 'json']),
    ]);
    for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toContain('hunter2');
  });
});
