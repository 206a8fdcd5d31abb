import { Worker } from 'node:worker_threads';
import type { ResourceLimits } from 'node:worker_threads';
import { OfferCell } from './offer-cell.ts';
import type { HostMessage, PoolTask, WorkerSetup } from './protocol.ts';
import { SharedCode } from './SharedCode.ts';
import type { WasmModule } from '../wasm/web-assembly.ts';

/** What a slot needs of the thread behind it. */
export interface WorkerTransport {
  /** Throws when the message cannot be cloned; nothing has been sent then. */
  post(message: HostMessage): void;
  /** Whether the thread takes a further task now, for after its present one. */
  readonly canOffer: boolean;
  /** Throws as `post` does. Only when `canOffer`. */
  offer(taskId: number, task: PoolTask): void;
  /** Takes an offer back; whether the thread had not begun with it, and will not. */
  withdraw(taskId: number): boolean;
  /** Whether this is the task that the thread last began with. */
  hasBegun(taskId: number): boolean;
  /** Lets the thread keep the process alive. */
  ref(): void;
  unref(): void;
  /** Asks the thread to end at once; `exit` follows when it has ended. */
  terminate(): void;
}

/** What a thread tells its slot. `exit` is the last one and always comes. */
export interface TransportEvents {
  readonly message: (value: unknown) => void;
  /** A message that could not be deserialised. */
  readonly unreadable: (error: unknown) => void;
  /** Not caught in the thread, which ends because of it. */
  readonly error: (error: unknown) => void;
  readonly exit: (code: number) => void;
}

/** Starts a thread; throws when the system refuses one. Events come later, never before it has returned. */
export type ConnectWorker = (events: TransportEvents) => WorkerTransport;

export interface WorkerProgram {
  readonly url: URL;
  readonly memoryLimitBytes: number;
  readonly resourceLimits: ResourceLimits;
  /** Of booster's own worker alone: it takes the parser, and gives away the code that it has compiled when it is asked. */
  readonly oxcModule: (() => WasmModule) | undefined;
}

/** Threads of one program, cut off from this process's environment, options and output. */
export function workerThreads(program: WorkerProgram): ConnectWorker {
  const { memoryLimitBytes, oxcModule } = program;
  const shared = oxcModule === undefined ? undefined : new SharedCode();
  return (events) => {
    const cells: Cells = { begun: sharedCell(), posted: sharedCell(), offers: new OfferCell() };
    const { begun, posted, offers } = cells;
    const code = shared?.code;
    const workerData: WorkerSetup = {
      memoryLimitBytes,
      begun,
      posted,
      offered: offers.cell,
      ...(code !== undefined && { code }),
    };
    const worker = new Worker(program.url, {
      workerData,
      resourceLimits: program.resourceLimits,
      // an empty environment also keeps NODE_OPTIONS (preloads, flags) out of the thread
      env: {},
      execArgv: ['--no-warnings'],
      argv: [],
      name: 'booster',
    });
    silence(worker);
    if (oxcModule !== undefined) postParser(worker, oxcModule);
    const ask = (): void => {
      worker.postMessage({ type: 'give-code' } satisfies HostMessage);
    };
    worker.on('message', (message: unknown) => {
      if (shared?.take(message, ask) !== true) events.message(message);
    });
    worker.on('messageerror', events.unreadable);
    worker.on('error', events.error);
    worker.on('exit', events.exit);
    return transportTo(worker, cells, oxcModule !== undefined);
  };
}

/** What a thread and its host tell each other without a message. */
interface Cells {
  readonly begun: Int32Array<SharedArrayBuffer>;
  readonly posted: Int32Array<SharedArrayBuffer>;
  readonly offers: OfferCell;
}

function transportTo(worker: Worker, { begun, posted, offers }: Cells, takesOffers: boolean): WorkerTransport {
  const post = (message: HostMessage): void => {
    worker.postMessage(message);
    Atomics.add(posted, 0, 1);
  };
  return {
    post,
    get canOffer() {
      return takesOffers && offers.isOpen;
    },
    offer: (taskId, task) => {
      offers.offer(taskId);
      try {
        post({ type: 'offer', taskId, task });
      } catch (error) {
        offers.withdraw(taskId);
        throw error;
      }
    },
    withdraw: (taskId) => offers.withdraw(taskId),
    // the cell keeps the lower 32 bits of a number
    hasBegun: (taskId) => Atomics.load(begun, 0) === (taskId | 0) || offers.isTaken(taskId),
    ref: () => {
      worker.ref();
    },
    unref: () => {
      worker.unref();
    },
    terminate: () => {
      void worker.terminate();
    },
  };
}

function sharedCell(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** The first start compiles the parser, which takes as long as the thread needs to come up, on another core. */
function postParser(worker: Worker, oxcModule: () => WasmModule): void {
  try {
    worker.postMessage({ type: 'parser', oxcModule: oxcModule() } satisfies HostMessage);
  } catch (error) {
    // nobody listens yet, and what the thread itself fails with meanwhile would end the host
    worker.on('error', () => undefined);
    void worker.terminate();
    throw error;
  }
}

/**
 * Keeps what a thread prints out of the host's output, where it would mix with diffs and JSON. Taking the default pipes
 * off and draining is on purpose: with `stdout: true` the first byte printed holds the host process open for good
 * (measured on Node 20.20), even when the worker is unref'd.
 */
function silence(worker: Worker): void {
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.unpipe();
    stream.resume();
  }
}
