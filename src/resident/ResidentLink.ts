import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { PoolTask, TaskResult } from '../pool/protocol.ts';
import type { Priority } from '../pool/task-queue.ts';
import { BoosterError, asBoosterError, deserializeError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import { FrameReader, encodeFrame } from './frames.ts';
import { readServerMessage } from './read-messages.ts';
import { silenceMs } from './resident-protocol.ts';
import type { ClientMessage, Identity, ResidentStatus, ServerMessage } from './resident-protocol.ts';
import type { ResidentEndpoint } from './resident-place.ts';

export interface LinkOptions {
  readonly identity: Identity;
  /** Milliseconds for connecting and the answer to `hello`. */
  readonly patienceMs: number;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: BoosterError) => void;
}

/**
 * A client's connection to a resident pool. Connects at once and sends `hello` and the first request without waiting for
 * the answer. When the server is not there, hung, of another version or gone, everything asked of it fails with an
 * `E_RESIDENT_…` code, and the link is closed for good.
 */
export class ResidentLink {
  /** Resolves when the server has answered `hello` as one of the same build. */
  readonly welcomed: Promise<{ readonly processId: number }>;
  /** Resolves when the connection has ended, from whichever side. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #endpoint: ResidentEndpoint;
  readonly #reader = new FrameReader();
  readonly #waiting = new Map<number, Waiting>();
  readonly #patience: NodeJS.Timeout;
  #watch: NodeJS.Timeout | undefined;
  #heardAt = 0;
  #nextId = 0;
  #hello: Waiting | undefined;
  #failure: BoosterError | undefined;

  constructor(endpoint: ResidentEndpoint, { identity, patienceMs }: LinkOptions) {
    this.#endpoint = endpoint;
    this.welcomed = new Promise((resolve, reject) => (this.#hello = { resolve, reject }));
    // whoever asks for something hears of it there
    this.welcomed.catch(() => undefined);
    const socket = connect(endpoint.address);
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#fail(this.#error('E_RESIDENT_LOST', 'went away'));
        resolve();
      });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#fail(this.#connectionError(error));
    });
    socket.on('data', (piece: Buffer) => {
      this.#receive(piece);
    });
    this.#send({ type: 'hello', ...identity });
    this.#patience = setTimeout(() => {
      this.#unlessHeard(() => this.#hello === undefined, `did not answer within ${String(patienceMs)} ms`);
    }, patienceMs);
  }

  /** @throws BoosterError what the task fails with; `E_RESIDENT_…` when the pool could not be asked */
  async run(task: PoolTask, options: { readonly timeoutMs: number; readonly priority: Priority }): Promise<TaskResult> {
    return this.#ask((id) => ({ type: 'run', id, task, ...options }));
  }

  /** @throws BoosterError E_RESIDENT_… */
  async status(): Promise<ResidentStatus> {
    return this.#ask((id) => ({ type: 'status', id }));
  }

  /** Asks the server to end, whatever its version. It is gone when `closed` resolves. */
  stop(): void {
    this.#send({ type: 'stop' });
  }

  /** Ends the connection; the server drops what it still does for it. */
  close(): void {
    this.#fail(this.#error('E_RESIDENT_LOST', 'was let go'));
    this.#socket.destroy();
  }

  #ask<Value>(message: (id: number) => ClientMessage): Promise<Value> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const id = (this.#nextId += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      try {
        this.#send(message(id));
        this.#watchSilence();
      } catch (error) {
        this.#waiting.delete(id);
        reject(asBoosterError(error));
      }
    });
  }

  #send(message: ClientMessage): void {
    this.#socket.write(encodeFrame(message));
  }

  #receive(piece: Buffer): void {
    this.#heardAt = performance.now();
    try {
      for (const value of this.#reader.read(piece)) {
        const message = readServerMessage(value);
        if (message === undefined) throw this.#error('E_RESIDENT_PROTOCOL', 'sent something that is no answer');
        this.#take(message);
      }
    } catch (error) {
      this.#fail(asBoosterError(error));
      this.#socket.destroy();
    }
  }

  #take(message: ServerMessage): void {
    if (message.type === 'alive') return;
    if (message.type === 'welcome') {
      this.#hello?.resolve(message as never);
      this.#hello = undefined;
      clearTimeout(this.#patience);
      return;
    }
    if (message.type === 'mismatch') {
      // stays connected: the server still hears `stop`
      this.#fail(
        this.#error('E_RESIDENT_VERSION', `is version ${message.version}, build ${message.build.slice(0, 8)}`),
      );
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0) this.#stopWatching();
    if (message.type === 'failure') waiting?.reject(deserializeError(message.error));
    else waiting?.resolve((message.type === 'result' ? message.result : message.status) as never);
  }

  /** From the answer to `hello` on, a server is only waited for while it gives signs of life. */
  #watchSilence(): void {
    this.#heardAt = performance.now();
    this.#watch ??= setInterval(() => {
      const isHeard = (): boolean => performance.now() - this.#heardAt < silenceMs;
      if (!isHeard()) this.#unlessHeard(isHeard, `has been silent for ${String(silenceMs)} ms`);
    }, silenceMs / 8);
  }

  #stopWatching(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  /**
   * Timers come before what has arrived in the meantime: after work that blocked this thread, the answer may lie there
   * unread, and an immediate comes after it has been read.
   */
  #unlessHeard(isHeard: () => boolean, complaint: string): void {
    setImmediate(() => {
      if (isHeard() || this.#failure !== undefined) return;
      this.#fail(this.#error('E_RESIDENT_SILENT', complaint));
      this.#socket.destroy();
    });
  }

  #fail(error: BoosterError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    clearTimeout(this.#patience);
    this.#stopWatching();
    this.#hello?.reject(error);
    this.#hello = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  /** Nobody listens at a socket whose process was killed; it is as good as none. */
  #connectionError(error: NodeJS.ErrnoException): BoosterError {
    const isAbsent = this.#hello !== undefined && (error.code === 'ECONNREFUSED' || error.code === 'ENOENT');
    const code = isAbsent ? 'E_RESIDENT_ABSENT' : 'E_RESIDENT_LOST';
    return this.#error(code, isAbsent ? 'does not run any more' : `went away (${error.code ?? error.message})`);
  }

  #error(code: ErrorCode, what: string): BoosterError {
    const { processId, entry } = this.#endpoint;
    return new BoosterError(code, `resident pool (process ${String(processId)}) ${what}`, { processId, path: entry });
  }
}
