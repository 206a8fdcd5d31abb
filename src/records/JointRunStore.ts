import { asBoosterError } from '../shared/errors.ts';
import { compareIds, newestFirst } from './match-run.ts';
import type { RecordEvent } from './record-event.ts';
import type { RunFilter, RunStore, TroubleListener } from './record-store.ts';
import type { RunRecord } from './run-record.ts';

/**
 * Two stores as one: the runs of all hosts, and those that are here only, because they wait or because the shared store has forgotten
 * them. A record that is in both counts once. When the shared one fails, the local one answers alone, which is told as trouble.
 */
export class JointRunStore implements RunStore {
  readonly kind = 'redis';
  readonly place: string;
  readonly #shared: RunStore;
  readonly #local: RunStore;
  readonly #onTrouble: TroubleListener;

  /** @param onTrouble told once when the shared store fails */
  constructor(shared: RunStore, local: RunStore, onTrouble: TroubleListener) {
    this.#shared = shared;
    this.#local = local;
    this.#onTrouble = onTrouble;
    this.place = `${shared.place} and ${local.place}`;
  }

  async saveRuns(records: readonly RunRecord[]): Promise<void> {
    await Promise.all([this.#shared.saveRuns(records), this.#local.saveRuns(records)]);
  }

  async queryRuns(filter: RunFilter, limit: number): Promise<readonly RunRecord[]> {
    const both = await this.#ask((store) => store.queryRuns(filter, limit));
    return both.sort(newestFirst).slice(0, limit);
  }

  async findRuns(idPrefix: string, limit: number): Promise<readonly RunRecord[]> {
    const both = await this.#ask((store) => store.findRuns(idPrefix, limit));
    return both.sort((a, b) => compareIds(a.id, b.id)).slice(0, limit);
  }

  /** @throws BoosterError also when only one of the two could not be cleared */
  async clearRuns(): Promise<number> {
    const { length } = await this.queryRuns({}, Infinity);
    // what waits is here: cleared later, it could reach the shared store in between
    await this.#local.clearRuns();
    await this.#shared.clearRuns();
    return length;
  }

  publish(event: RecordEvent): Promise<void> {
    return this.#shared.publish(event);
  }

  /** Runs of this host come over the channel, too, as soon as they are delivered. */
  watch(signal: AbortSignal, onWatching?: () => void): AsyncIterable<RecordEvent> {
    return this.#shared.watch(signal, onWatching);
  }

  async close(): Promise<void> {
    await Promise.all([this.#shared.close(), this.#local.close()]);
  }

  async #ask(question: (store: RunStore) => Promise<readonly RunRecord[]>): Promise<RunRecord[]> {
    const records = new Map<string, RunRecord>();
    const [here, there] = await Promise.all([
      question(this.#local),
      question(this.#shared).catch((error: unknown) => {
        this.#onTrouble(asBoosterError(error));
        return [];
      }),
    ]);
    for (const record of [...here, ...there]) records.set(record.id, record);
    return [...records.values()];
  }
}
