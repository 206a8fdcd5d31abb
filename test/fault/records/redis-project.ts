import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Run } from '../../cli/project.ts';
import { Project } from '../../cli/project.ts';

/** A project with a file to rewrite, and a state folder of its own for records. */
export class RedisProject extends Project {
  readonly state = join(this.folder, '.state');

  constructor() {
    super();
    mkdirSync(this.state);
    this.write('package.json', '{}');
    this.write('a.ts', 'export const hit = (xs: Set<number>) => [...xs].includes(1);\n');
  }

  /** One run that is recorded. */
  optimize(url: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Run> {
    return this.run(['optimize', 'a.ts', '--reporter', 'concise', ...args], {
      env: { XDG_STATE_HOME: this.state, BOOSTER_REDIS_URL: url, ...env },
    });
  }

  /** Processes in the background may still be at work in the folder. */
  override remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }

  /** Files with records that wait for Redis. */
  waiting(): string[] {
    const spool = join(this.state, 'booster', 'spool');
    if (!existsSync(spool)) return [];
    return readdirSync(spool).flatMap((name) =>
      readdirSync(join(spool, name)).filter((file) => file.endsWith('.jsonl')),
    );
  }
}

/** Everything that is announced on the channel of a server from now on, and what the server holds. */
export class RedisObserver {
  readonly runIds: string[] = [];
  readonly #client: Redis;
  readonly #subscriber: Redis;
  #wake: () => void = () => undefined;

  private constructor(port: number, password?: string) {
    const options = { port, host: '127.0.0.1', ...(password !== undefined && { password }) };
    this.#client = new Redis(options);
    this.#subscriber = new Redis(options);
    this.#subscriber.on('message', (_channel: string, message: string) => {
      const { runId } = JSON.parse(message) as { runId?: string };
      if (runId !== undefined) this.runIds.push(runId);
      this.#wake();
    });
  }

  static async open(port: number, password?: string): Promise<RedisObserver> {
    const observer = new RedisObserver(port, password);
    await observer.#subscriber.subscribe('swarm:phase-5:booster');
    return observer;
  }

  /** Waits until so many runs have been announced. */
  async announced(count: number): Promise<void> {
    while (this.runIds.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Ids of the runs that the server holds. */
  async stored(): Promise<string[]> {
    const keys = await this.#client.keys('swarm:phase-5:run:*');
    return keys.map((key) => key.replace('swarm:phase-5:run:', ''));
  }

  async command(...words: [string, ...string[]]): Promise<unknown> {
    const [name, ...args] = words;
    return this.#client.call(name, ...args);
  }

  close(): void {
    this.#client.disconnect();
    this.#subscriber.disconnect();
  }
}
