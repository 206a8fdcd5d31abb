import { OfferCell, takeOffer } from '../../../src/pool/offer-cell.ts';
import { protocolVersion } from '../../../src/pool/protocol.ts';
import type { HostMessage, TaskOutcome, TaskResult } from '../../../src/pool/protocol.ts';
import type { ConnectWorker, TransportEvents } from '../../../src/pool/worker-transport.ts';

/** A thread that does only what the test tells it to. */
export class FakeThread {
  readonly events: TransportEvents;
  /** Tasks that it was told to do. */
  readonly inbox: Extract<HostMessage, { type: 'run' | 'offer' }>[] = [];
  readonly pings: number[] = [];
  /** Ids of the tasks that it has begun with before it was ended: what a thread does after that, nobody can know or hinder. */
  readonly begun = new Set<number>();
  readonly offers = new OfferCell();
  lastBegun: number | undefined;
  isHolding = true;
  isTerminating = false;
  hasEnded = false;
  /** Messages that it has sent and that have not arrived. */
  readonly #outbox: unknown[] = [];
  readonly #over = new Set<number>();
  #isSpent = false;

  constructor(events: TransportEvents) {
    this.events = events;
  }

  ready(): void {
    this.events.message({ type: 'ready', protocolVersion });
  }

  /** Has done its present task and sends the answer, which does not arrive yet; the answer is the number of the task. */
  finish({ poisoned = false, usedBytes = 0, taskId = this.#present() ?? this.inbox.at(-1)?.taskId } = {}): void {
    // a thread begins with a task before it answers it
    this.begin(taskId);
    if (taskId !== undefined) this.#over.add(taskId);
    this.#isSpent ||= poisoned || usedBytes > 0;
    const outcome: TaskOutcome = poisoned
      ? { ok: false, error: { code: 'E_WASM_TRAP', message: 'trapped', data: {} } }
      : { ok: true, result: taskId as unknown as TaskResult };
    this.#outbox.push({ type: 'answer', taskId, answer: { outcome, poisoned, memory: { usedBytes, baseBytes: 0 } } });
  }

  get hasSent(): boolean {
    return this.#outbox.length > 0;
  }

  /** Answers its present task, or any other, as often as it is called. */
  answer(answer: Parameters<FakeThread['finish']>[0] = {}): void {
    this.finish(answer);
    this.deliver();
  }

  /** What it has sent arrives. */
  deliver(): void {
    for (const message of this.#outbox.splice(0)) this.events.message(message);
  }

  /** Begins with its present task; with one that it was offered, only if it was not taken back. */
  begin(taskId = this.#present()): void {
    if (taskId === undefined || this.isTerminating || this.begun.has(taskId)) return;
    const isOffer = this.inbox.find((message) => message.taskId === taskId)?.type === 'offer';
    if (isOffer && (this.#isSpent || !takeOffer(this.offers.cell, taskId))) return;
    this.begun.add(taskId);
    this.lastBegun = taskId;
  }

  /** An offer is taken back; what it finds in its inbox of that, it leaves alone. */
  withdraw(taskId: number): boolean {
    if (!this.offers.withdraw(taskId)) return false;
    this.inbox.splice(
      this.inbox.findIndex((message) => message.type === 'offer' && message.taskId === taskId),
      1,
    );
    return true;
  }

  /** Answers the latest ping. */
  pong(isHealthy = true): void {
    this.events.message({ type: 'pong', pingId: this.pings.at(-1), isHealthy });
  }

  end(code = 0): void {
    this.hasEnded = true;
    // what it has sent is not lost
    this.deliver();
    this.events.exit(code);
  }

  /** The first task that is not over. */
  #present(): number | undefined {
    return this.inbox.find(({ taskId }) => !this.#over.has(taskId))?.taskId;
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
      get canOffer() {
        return thread.offers.isOpen;
      },
      offer: (taskId, task) => {
        thread.offers.offer(taskId);
        thread.inbox.push({ type: 'offer', taskId, task });
      },
      withdraw: (taskId) => thread.withdraw(taskId),
      hasBegun: (taskId) => thread.lastBegun === taskId || thread.offers.isTaken(taskId),
      ref: () => (thread.isHolding = true),
      unref: () => (thread.isHolding = false),
      terminate: () => (thread.isTerminating = true),
    };
  };

  get alive(): readonly FakeThread[] {
    return this.all.filter((thread) => !thread.hasEnded);
  }
}
