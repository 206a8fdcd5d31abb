import type { SlotState, WorkerSlot } from './worker-slot.ts';

/** All slots of a pool, from the start of their thread to its end. */
export class SlotTable {
  readonly #slots = new Set<WorkerSlot>();

  /** Places taken; instances on their way out still have their place, and their memory. */
  get size(): number {
    return this.#slots.size;
  }

  /** Instances that take or will take tasks. */
  get live(): number {
    return this.count('starting') + this.count('idle') + this.count('busy');
  }

  count(state: SlotState): number {
    let count = 0;
    for (const slot of this.#slots) if (slot.state === state) count += 1;
    return count;
  }

  /** Tasks that have been given to an instance, or that it has begun with, and whose callers still wait. */
  get running(): number {
    let running = 0;
    for (const { ticket, next } of this.#slots) {
      if (ticket?.pending.isSettled() === false) running += 1;
      if (next.ticket?.pending.isSettled() === false && next.hasBegun) running += 1;
    }
    return running;
  }

  /** An instance without work, when none is on its way in or out. */
  get spare(): WorkerSlot | undefined {
    if (this.count('starting') + this.count('stopping') > 0) return undefined;
    return this.all().find(({ isFree }) => isFree);
  }

  /** Places held by threads that were told to end and do not. */
  get stuck(): number {
    let stuck = 0;
    for (const slot of this.#slots) if (slot.isStuck) stuck += 1;
    return stuck;
  }

  /** WASM memory of all instances, as far as they have measured it. */
  get memoryBytes(): number {
    let bytes = 0;
    for (const { memoryBytes = 0 } of this.#slots) bytes += memoryBytes;
    return bytes;
  }

  /** A copy: slots come and go while one walks over them. */
  all(): readonly WorkerSlot[] {
    return [...this.#slots];
  }

  add(slot: WorkerSlot): void {
    this.#slots.add(slot);
  }

  delete(slot: WorkerSlot): void {
    this.#slots.delete(slot);
  }
}
