import type { Socket } from 'node:net';
import type { TaskResult } from '../pool/protocol.ts';
import { BoosterError, serializeError } from '../shared/errors.ts';
import { FrameReader, encodeFrame } from './frames.ts';
import { readClientMessage } from './read-messages.ts';
import { silenceMs } from './resident-protocol.ts';
import type { ClientMessage, Identity, ResidentStatus, RunRequest, ServerMessage } from './resident-protocol.ts';

export interface ServedClientOptions {
  readonly identity: Identity;
  readonly processId: number;
  /** Tells this client from the others. */
  readonly name: string;
  readonly run: (request: RunRequest, signal: AbortSignal, caller: string) => Promise<TaskResult>;
  readonly status: () => ResidentStatus;
  readonly stop: () => void;
  readonly onGone: () => void;
}

/** Tasks of one client at a time; a run of a command sends a few per core. */
const mostTasks = 1000;

/** Milliseconds until a connection must have said `hello`. */
const helloMs = 10_000;

/** Milliseconds for the last answers to leave. */
const flushMs = 1000;

/** The server's side of one connection. Nothing that comes in on it touches the others. */
export class ServedClient {
  readonly #socket: Socket;
  readonly #options: ServedClientOptions;
  readonly #reader = new FrameReader();
  readonly #gone = new AbortController();
  readonly #helloTimer: NodeJS.Timeout;
  readonly #tasks = new Map<number, Promise<void>>();
  #state: 'unknown' | 'welcome' | 'mismatch' = 'unknown';
  #signs: NodeJS.Timeout | undefined;

  constructor(socket: Socket, options: ServedClientOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#helloTimer = setTimeout(() => socket.destroy(), helloMs);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(this.#helloTimer);
      clearInterval(this.#signs);
      this.#gone.abort();
      options.onGone();
    });
    socket.on('data', (piece: Buffer) => {
      this.#receive(piece);
    });
  }

  /** Waits until everything has been answered, and lets the process end while the connection is open. */
  async release(): Promise<void> {
    await Promise.all(this.#tasks.values());
    clearTimeout(this.#helloTimer);
    await this.#flushed();
    this.#socket.unref();
  }

  /** A client that does not read must not keep the process. */
  #flushed(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#socket.destroy(), flushMs);
      const end = (): void => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#socket.destroyed) end();
      else this.#socket.once('close', end).write('', end);
    });
  }

  #receive(piece: Buffer): void {
    try {
      for (const value of this.#reader.read(piece)) {
        const message = readClientMessage(value);
        if (message === undefined || !this.#take(message)) {
          this.#socket.destroy();
          return;
        }
      }
    } catch {
      // neither length nor JSON: there is nobody to explain it to
      this.#socket.destroy();
    }
  }

  /** `false` when the message is not to be expected at this point. */
  #take(message: ClientMessage): boolean {
    const { identity, processId, stop, status } = this.#options;
    if (message.type === 'stop') {
      stop();
      return true;
    }
    if (message.type === 'hello') {
      if (this.#state !== 'unknown') return false;
      clearTimeout(this.#helloTimer);
      this.#state = isSame(message, identity) ? 'welcome' : 'mismatch';
      this.#send({ type: this.#state, ...identity, processId });
      return true;
    }
    // what was sent along with a `hello` of another version
    if (this.#state === 'mismatch') return true;
    if (this.#state === 'unknown') return false;
    if (message.type === 'status') this.#send({ type: 'status', id: message.id, status: status() });
    else return this.#run(message);
    return true;
  }

  #run(request: RunRequest): boolean {
    const { id } = request;
    if (this.#tasks.has(id)) return false;
    if (this.#tasks.size >= mostTasks) {
      const error = new BoosterError(
        'E_POOL_SATURATED',
        `${String(mostTasks)} tasks of this client are waiting already`,
      );
      this.#send({ type: 'failure', id, error: serializeError(error) });
      return true;
    }
    this.#signs ??= setInterval(() => {
      this.#send({ type: 'alive' });
    }, silenceMs / 8);
    const done = this.#answer(request).finally(() => {
      this.#tasks.delete(id);
      if (this.#tasks.size > 0) return;
      clearInterval(this.#signs);
      this.#signs = undefined;
    });
    this.#tasks.set(id, done);
    return true;
  }

  async #answer(request: RunRequest): Promise<void> {
    const { id } = request;
    const { name, run } = this.#options;
    try {
      this.#send({ type: 'result', id, result: await run(request, this.#gone.signal, name) });
    } catch (error) {
      this.#send({ type: 'failure', id, error: serializeError(error) });
    }
  }

  #send(message: ServerMessage): void {
    if (!this.#socket.destroyed) this.#socket.write(encodeFrame(message));
  }
}

function isSame(one: Identity, other: Identity): boolean {
  return one.version === other.version && one.build === other.build && one.protocol === other.protocol;
}
