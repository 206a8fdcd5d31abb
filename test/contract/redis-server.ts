import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// the script is a plain module without types
const { ensureRedis } = await import('../../scripts/ensure-redis.mjs');

/** Path of a file in fixtures/tls. */
export function tlsFile(name: string): string {
  return fileURLToPath(new URL(`fixtures/tls/${name}`, import.meta.url));
}

/** Ends the server when standard input closes, which it does even when the test process is killed. Prints the process id. */
const guard = 'trap "" INT; "$@" >&2 & pid=$!; echo $pid; cat >/dev/null; kill -KILL $pid 2>/dev/null; wait $pid';

interface RedisOptions {
  /** Options of redis-server as on its command line, without what the helper says itself. */
  readonly args?: readonly string[];
  /** Port to use again; default: a free one. */
  readonly port?: number;
  /** Listens with TLS only. */
  readonly tls?: 'server' | 'mutual';
}

/** A real redis-server on a free port of the loopback interface, in a temporary folder, without persistence. */
export class RedisServer {
  readonly port: number;
  readonly processId: number;
  readonly #guard: ChildProcess;
  readonly #folder: string;
  readonly #gone: Promise<void>;

  private constructor(port: number, processId: number, guardProcess: ChildProcess, folder: string) {
    this.port = port;
    this.processId = processId;
    this.#guard = guardProcess;
    this.#folder = folder;
    this.#gone = new Promise((resolve) => guardProcess.once('exit', resolve));
  }

  static async start({ args = [], port, tls }: RedisOptions = {}): Promise<RedisServer> {
    for (let attempt = 0; ; attempt += 1) {
      const chosen = port ?? (await freePort());
      const server = await start(chosen, args, tls);
      if (server !== undefined) return new RedisServer(chosen, ...server);
      if (attempt === 10) throw new Error(`redis-server does not start on port ${chosen}`);
    }
  }

  /** Address without user and password. */
  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Sends a signal to the server itself. */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.processId, signal);
  }

  /** Kills it and waits until its port is free. Not an error when it is gone already. */
  async stop(): Promise<void> {
    this.#guard.stdin?.end();
    await this.#gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

type Started = [processId: number, guardProcess: ChildProcess, folder: string];

/** `undefined` when it ended before it listened, as when another process took the port meanwhile. */
async function start(port: number, args: readonly string[], tls: RedisOptions['tls']): Promise<Started | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'booster-redis-'));
  const fixed = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', '--daemonize', 'no'];
  const words = [ensureRedis(), ...fixed, ...listenArgs(port, tls), ...args];
  const child = spawn('/bin/sh', ['-c', guard, 'sh', ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const processId = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => {
      resolve(Number(text.trim()));
    });
    child.once('error', reject);
  });
  const isUp = await waitForPort(port, () => /Address already in use|Failed listening|FATAL CONFIG/.test(log));
  if (isUp) return [processId, child, folder];
  child.stdin.end();
  rmSync(folder, { recursive: true, force: true });
  if (log.includes('FATAL CONFIG')) throw new Error(`redis-server refuses its options:\n${log}`);
  return undefined;
}

function listenArgs(port: number, tls: RedisOptions['tls']): string[] {
  if (tls === undefined) return ['--port', String(port)];
  return [
    ...['--port', '0', '--tls-port', String(port)],
    ...['--tls-cert-file', tlsFile('server.pem'), '--tls-key-file', tlsFile('server.key')],
    ...['--tls-ca-cert-file', tlsFile('ca.pem'), '--tls-auth-clients', tls === 'mutual' ? 'yes' : 'no'],
  ];
}

/** Tries again at once while it is refused: each try is a turn of the event loop. */
async function waitForPort(port: number, hasFailed: () => boolean): Promise<boolean> {
  while (!hasFailed()) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => setTimeout(resolve, 2, false));
    });
    if (isOpen) return true;
  }
  return false;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
