import { setMaxListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PoolStatus } from '../../../src/pool/pool-status.ts';
import type { PoolTask, TaskResult } from '../../../src/pool/protocol.ts';
import { findEndpoint, residentPlace } from '../../../src/resident/resident-place.ts';
import type { ResidentEndpoint } from '../../../src/resident/resident-place.ts';
import { ResidentLink } from '../../../src/resident/ResidentLink.ts';
import { ResidentServer } from '../../../src/resident/ResidentServer.ts';
import type { ServedPool } from '../../../src/resident/ResidentServer.ts';
import { BoosterError } from '../../../src/shared/errors.ts';

export const identity = { version: '1.2.3', build: 'abc', protocol: 1 };

type CallOptions = Parameters<ServedPool['executeTask']>[1];

export interface Call {
  readonly text: string;
  readonly options: CallOptions;
  readonly answer: (rounds: number) => void;
  readonly fail: (error: BoosterError) => void;
}

/** A pool that does nothing by itself: tests answer its calls. */
class ManualPool implements ServedPool {
  readonly calls: Call[] = [];
  isClosed = false;
  #onCall: (() => void) | undefined;
  #onEmpty: (() => void) | undefined;
  #open = 0;

  executeTask(task: PoolTask, options: CallOptions): Promise<TaskResult> {
    this.#open += 1;
    return new Promise<TaskResult>((resolve, reject) => {
      const text = task.request.text;
      this.calls.push({
        text,
        options,
        answer: (rounds) => {
          resolve(resultOf(rounds));
        },
        fail: reject,
      });
      setMaxListeners(0, options.signal);
      options.signal.addEventListener('abort', () => {
        reject(new BoosterError('E_TASK_ABORTED', 'aborted'));
      });
      this.#onCall?.();
    }).finally(() => {
      this.#open -= 1;
      if (this.#open === 0) this.#onEmpty?.();
    });
  }

  /** Resolves when so many calls have come in. */
  async whenCalled(times: number): Promise<Call> {
    while (this.calls.length < times) await new Promise<void>((resolve) => (this.#onCall = resolve));
    return this.calls[times - 1]!;
  }

  getStatus(): PoolStatus {
    const totals = {
      tasksDone: this.calls.length,
      tasksFailed: 0,
      tasksFailedByCode: {},
      tasksRetried: 0,
      tasksFellBack: 0,
      instancesStarted: 0,
      instancesFailed: 0,
      instancesRecycled: 0,
    };
    const state = this.isClosed ? 'closed' : 'open';
    return { state, instances: [], queued: 0, running: 0, totals, breaker: 'closed', quarantined: 0 };
  }

  async shutdown(): Promise<void> {
    this.isClosed = true;
    while (this.#open > 0) await new Promise<void>((resolve) => (this.#onEmpty = resolve));
  }
}

export function resultOf(rounds: number): TaskResult {
  return { status: 'unchanged', edits: [], findings: [], failedRules: [], reader: 'oxc', rounds };
}

export function taskOf(text: string): PoolTask {
  return { kind: 'optimize', request: { text, language: 'typescript', level: 'safe', rules: [] } };
}

/** A server in a folder of its own, and the clients of a test. */
export class Serving {
  readonly pool = new ManualPool();
  readonly server: ResidentServer;
  readonly endpoint: () => ResidentEndpoint;
  readonly #folder = mkdtempSync(join(tmpdir(), 'b-'));
  readonly #links: ResidentLink[] = [];

  constructor(idleExitMs = 1e9) {
    const env = { XDG_RUNTIME_DIR: this.#folder };
    const place = residentPlace({ cwd: this.#folder, env, userId: process.getuid?.() });
    const { pool } = this;
    this.server = new ResidentServer({
      pool,
      place,
      identity,
      processId: 77,
      idleExitMs,
      maximum: 2,
      memoryLimitBytes: 1e8,
    });
    this.endpoint = () => findEndpoint(place)!;
  }

  connect(patienceMs = 5000, as = identity): ResidentLink {
    const link = new ResidentLink(this.endpoint(), { identity: as, patienceMs });
    this.#links.push(link);
    return link;
  }

  async remove(): Promise<void> {
    for (const link of this.#links) link.close();
    await this.server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
