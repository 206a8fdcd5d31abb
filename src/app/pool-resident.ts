import type { PoolTask, TaskResult } from '../pool/protocol.ts';
import { findEndpoint, residentPlace } from '../resident/resident-place.ts';
import type { ResidentEndpoint } from '../resident/resident-place.ts';
import type { ResidentLink } from '../resident/ResidentLink.ts';
import { BoosterError, asBoosterError, isBoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';
import { poolIdentity } from './pool-identity.ts';

export type ResidentIo = Pick<Io, 'cwd' | 'env' | 'userId' | 'build'>;

/** What came of asking a resident pool: a result, or why the caller has to do it; without a code there is no such pool. */
export type ResidentAnswer = { readonly result: TaskResult } | { readonly unavailable: ErrorCode | undefined };

/** Milliseconds that a command spends on a resident pool that does not answer. */
const patienceMs = 20;

/** Codes that speak of the pool, not of the task: another pool may do it. */
const poolCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'E_POOL_CLOSED',
  'E_POOL_SATURATED',
  'E_POOL_UNSTABLE',
  'E_POOL_START',
  'E_POOL_PROTOCOL',
  'E_POOL_UNHEALTHY',
  'E_RESIDENT_SILENT',
  'E_RESIDENT_LOST',
  'E_RESIDENT_VERSION',
  'E_RESIDENT_PROTOCOL',
  'E_RESIDENT_DISTRUSTED',
  'E_RESIDENT_SOCKET',
]);

/**
 * Sends tasks to the resident pool of the project for as long as it is healthy. Where there is none, finding out costs a
 * look at the file system; one that does not answer is left alone for the rest of the run after 20 ms.
 */
export class ResidentTasks {
  readonly #io: ResidentIo;
  readonly #timeoutMs: number;
  readonly #signals = new WeakSet<AbortSignal>();
  #link: Promise<ResidentLink | undefined> | undefined;
  #unavailable: { readonly code: ErrorCode | undefined } | undefined;

  /** @param timeoutMs for each task, waiting included */
  constructor(io: ResidentIo, timeoutMs: number) {
    this.#io = io;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * @throws BoosterError what the task fails with; E_TASK_ABORTED when `signal` aborts, which ends all tasks of this run
   */
  async run(task: PoolTask, signal?: AbortSignal): Promise<ResidentAnswer> {
    if (this.#unavailable !== undefined) return { unavailable: this.#unavailable.code };
    try {
      const link = await (this.#link ??= this.#open());
      if (link === undefined) return this.#giveUp(undefined);
      return { result: await this.#runOn(link, task, signal) };
    } catch (error) {
      const failure = asBoosterError(error);
      const { code } = failure;
      if (code === 'E_RESIDENT_ABSENT') return this.#giveUp(undefined);
      if (!poolCodes.has(code)) throw failure;
      return code.startsWith('E_RESIDENT_') ? this.#giveUp(code) : { unavailable: code };
    }
  }

  /** Lets go of the pool; what still runs for this command is dropped there. */
  async close(): Promise<void> {
    this.#unavailable ??= { code: undefined };
    const link = await this.#link?.catch(() => undefined);
    link?.close();
  }

  async #open(): Promise<ResidentLink | undefined> {
    const endpoint = this.#find();
    if (endpoint === undefined) return undefined;
    // with it comes node:net, 1.5 ms that only those pay who have a resident pool
    const { ResidentLink: Link } = await import('../resident/ResidentLink.ts');
    const link = new Link(endpoint, { identity: poolIdentity(this.#io), patienceMs });
    // one of another version is of no use to anybody any more: the next `booster pool run` starts one of this version
    link.welcomed.catch((error: unknown) => {
      if (isBoosterError(error) && error.code === 'E_RESIDENT_VERSION') link.stop();
    });
    return link;
  }

  #find(): ResidentEndpoint | undefined {
    return findEndpoint(residentPlace(this.#io));
  }

  async #runOn(link: ResidentLink, task: PoolTask, signal: AbortSignal | undefined): Promise<TaskResult> {
    this.#letGoOn(signal, link);
    try {
      return await link.run(task, { timeoutMs: this.#timeoutMs, priority: 'normal' });
    } catch (error) {
      if (signal?.aborted === true) throw new BoosterError('E_TASK_ABORTED', 'interrupted', {}, error);
      throw error;
    }
  }

  /** One listener for all tasks of a run, as they share a signal. */
  #letGoOn(signal: AbortSignal | undefined, link: ResidentLink): void {
    if (signal === undefined || this.#signals.has(signal)) return;
    this.#signals.add(signal);
    signal.addEventListener(
      'abort',
      () => {
        link.close();
      },
      { once: true },
    );
  }

  #giveUp(code: ErrorCode | undefined): ResidentAnswer {
    this.#unavailable = { code };
    return { unavailable: code };
  }
}
