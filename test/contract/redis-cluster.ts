import { Redis } from 'ioredis';
import { RedisServer, freePort } from './redis-server.ts';

/** A real cluster of two servers with half of the slots each. */
export class RedisCluster {
  readonly servers: readonly [RedisServer, RedisServer];

  private constructor(servers: readonly [RedisServer, RedisServer]) {
    this.servers = servers;
  }

  static async start(): Promise<RedisCluster> {
    const nodes = await Promise.all([startNode(), startNode()]);
    const [first, second] = nodes.map(({ client }) => client) as [Redis, Redis];
    try {
      await first.call('CLUSTER', 'ADDSLOTSRANGE', '0', '8191');
      await second.call('CLUSTER', 'ADDSLOTSRANGE', '8192', '16383');
      await second.call('CLUSTER', 'SET-CONFIG-EPOCH', '2');
      const { server, busPort } = nodes[0];
      await second.call('CLUSTER', 'MEET', '127.0.0.1', String(server.port), String(busPort));
      await Promise.all([first, second].map(untilReady));
    } finally {
      first.disconnect();
      second.disconnect();
    }
    return new RedisCluster([nodes[0].server, nodes[1].server]);
  }

  /** Address of one of the two. */
  get url(): string {
    return this.servers[0].url;
  }

  /** Keys of each server. */
  async keys(): Promise<string[][]> {
    return Promise.all(
      this.servers.map(async ({ port }) => {
        const client = new Redis(port, '127.0.0.1');
        const keys = await client.keys('*');
        client.disconnect();
        return keys.sort();
      }),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}

async function startNode(): Promise<{ server: RedisServer; client: Redis; busPort: number }> {
  const busPort = await freePort();
  const server = await RedisServer.start({ args: ['--cluster-enabled', 'yes', '--cluster-port', String(busPort)] });
  return { server, busPort, client: new Redis(server.port, '127.0.0.1') };
}

/** Asks again and again; the servers greet each other within a second. */
async function untilReady(client: Redis): Promise<void> {
  for (;;) {
    const info = await client.cluster('INFO');
    if (info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:2')) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
