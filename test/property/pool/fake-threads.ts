import { protocolVersion } from '../../../src/pool/protocol.ts';
import type { HostMessage, TaskOutcome, TaskResult } from '../../../src/pool/protocol.ts';
import type { ConnectWorker, TransportEvents } from '../../../src/pool/worker-transport.ts';

/** A thread that does only what the test tells it to. */
export class FakeThread {
  readonly events: TransportEvents;
  /** Tasks and questions for a sign of life. */
  readonly inbox: Extract<HostMessage, { type: 'run' }>[] = [];
  readonly pings: number[] = [];
  /** Ids of the tasks that it has begun with before it was ended: what a thread does after that, nobody can know or hinder. */
  readonly begun = new Set<number>();
  lastBegun: number | undefined;
  isHolding = true;
  isTerminating = false;
  hasEnded = false;

  constructor(events: TransportEvents) {
    this.events = events;
  }

  ready(): void {
    this.events.message({ type: 'ready', protocolVersion });
  }

  /** Answers the latest task with its own number, as often as it is called. */
  answer({ poisoned = false, usedBytes = 0, taskId = this.inbox.at(-1)?.taskId } = {}): void {
    // a thread begins with a task before it answers it
    this.begin(taskId);
    const outcome: TaskOutcome = poisoned
      ? { ok: false, error: { code: 'E_WASM_TRAP', message: 'trapped', data: {} } }
      : { ok: true, result: taskId as unknown as TaskResult };
    this.events.message({ type: 'answer', taskId, answer: { outcome, poisoned, memory: { usedBytes, baseBytes: 0 } } });
  }

  /** Begins with the latest task. */
  begin(taskId = this.inbox.at(-1)?.taskId): void {
    if (taskId === undefined || this.isTerminating) return;
    this.begun.add(taskId);
    this.lastBegun = taskId;
  }

  /** Answers the latest ping. */
  pong(isHealthy = true): void {
    this.events.message({ type: 'pong', pingId: this.pings.at(-1), isHealthy });
  }

  end(code = 0): void {
    this.hasEnded = true;
    this.events.exit(code);
  }
}

/** All threads that a pool has asked for. */
export class FakeThreads {
  readonly all: FakeThread[] = [];
  /** Set to make the system refuse the next threads. */
  refusal: Error | undefined;

  readonly connect: ConnectWorker = (events) => {
    if (this.refusal !== undefined) throw this.refusal;
    const thread = new FakeThread(events);
    this.all.push(thread);
    return {
      post: (message) => {
        if (message.type === 'run') thread.inbox.push(message);
        else if (message.type === 'ping') thread.pings.push(message.pingId);
      },
      hasBegun: (taskId) => thread.lastBegun === taskId,
      ref: () => (thread.isHolding = true),
      unref: () => (thread.isHolding = false),
      terminate: () => (thread.isTerminating = true),
    };
  };

  get alive(): readonly FakeThread[] {
    return this.all.filter((thread) => !thread.hasEnded);
  }
}
