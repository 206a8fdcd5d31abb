import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../../shared/system-fault.ts';
import { eventOfRun } from '../event-of-run.ts';
import { compareIds, matchesFilter, newestFirst } from '../match-run.ts';
import type { RecordEvent } from '../record-event.ts';
import type { RunFilter, RunStore, TroubleListener } from '../record-store.ts';
import type { RunRecord } from '../run-record.ts';
import { recordLine } from '../record-line.ts';
import type { Sealer } from '../sealing.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { Journal } from './journal.ts';
import { isDamagedName, isJournalName } from './journal.ts';
import { mendJournalFile } from './mend-journal.ts';
import type { JournalLimits } from './prune-journal.ts';
import { damageFound, readJournalFile } from './read-journal.ts';
import { runsJournal, runsName } from './runs-journal.ts';
import { spoolFolders, spoolName, visitJournals } from './store-journals.ts';
import { storeProblem } from './store-problem.ts';
import type { StorePlace } from './store-place.ts';
import { watchJournals } from './watch-journals.ts';

export interface LocalStoreOptions {
  readonly place: StorePlace;
  readonly limits: JournalLimits;
  /** Encrypts records; without it, those that were encrypted cannot be read. */
  readonly sealer: Sealer | undefined;
  readonly onTrouble: TroubleListener;
}

/** The embedded store: files in a folder of the user, shared by all processes of this machine. */
export class LocalStore implements RunStore {
  readonly kind = 'local';
  readonly place: string;
  readonly #options: LocalStoreOptions;
  readonly #journal: Journal;

  constructor(options: LocalStoreOptions) {
    const { place, limits } = options;
    this.place = place.folder;
    this.#options = options;
    this.#journal = runsJournal(place, limits);
  }

  saveRuns(records: readonly RunRecord[]): Promise<void> {
    if (records.length > 0)
      this.#attempt(() => {
        this.#append(records);
      });
    return Promise.resolve();
  }

  async queryRuns(filter: RunFilter, limit: number): Promise<readonly RunRecord[]> {
    const found = await this.#read((record) => matchesFilter(record, filter));
    return found.sort(newestFirst).slice(0, limit);
  }

  async findRuns(idPrefix: string, limit: number): Promise<readonly RunRecord[]> {
    const found = await this.#read(({ id }) => id.startsWith(idPrefix));
    return found.sort((a, b) => compareIds(a.id, b.id)).slice(0, limit);
  }

  async clearRuns(): Promise<number> {
    let foreign = 0;
    const { length } = await this.#read(
      () => true,
      (count) => (foreign = count),
    );
    for (const folder of [...spoolFolders(join(this.place, spoolName)), join(this.place, runsName)])
      emptyFolder(folder);
    return length + foreign;
  }

  /** There is no channel: whoever watches sees the records themselves. */
  publish(): Promise<void> {
    return Promise.resolve();
  }

  async *watch(signal: AbortSignal, onWatching?: () => void): AsyncGenerator<RecordEvent, void> {
    for await (const record of watchJournals(this.place, { signal, sealer: this.#options.sealer, onWatching }))
      yield eventOfRun(record);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #append(records: readonly RunRecord[]): void {
    const movedTo = this.#journal.append(records.map((record) => recordLine(record, this.#options.sealer)));
    if (movedTo !== undefined) this.#options.onTrouble(damageFound(join(this.place, runsName), movedTo));
  }

  /** What is too old is left out although its file may still be there. */
  async #read(
    matches: (record: RunRecord) => boolean,
    onForeign: (count: number) => void = this.#tellForeign,
  ): Promise<RunRecord[]> {
    const { sealer } = this.#options;
    // some files are met twice
    const foreign = new Set<string>();
    const oldest = Date.now() - this.#options.limits.maximumAgeMs;
    const records = new Map<string, RunRecord>();
    visitJournals(this.place, (path) => {
      const file = readJournalFile(path, sealer);
      if (file === undefined) return;
      for (const line of file.foreign) foreign.add(line);
      for (const record of file.records) {
        if (record.at >= oldest && matches(record)) records.set(record.id, record);
      }
      if (file.isDamaged)
        this.#attempt(() => {
          this.#mend(file);
        });
    });
    if (foreign.size > 0) onForeign(foreign.size);
    return Promise.resolve([...records.values()]);
  }

  #mend(file: Parameters<typeof mendJournalFile>[0]): void {
    const trouble = mendJournalFile(file, this.#options.sealer);
    if (trouble !== undefined) this.#options.onTrouble(trouble);
  }

  readonly #tellForeign = (count: number): void => {
    const records = count === 1 ? '1 record is' : `${String(count)} records are`;
    const what = `${this.place}: ${records} left out, sealed with a key that is not given`;
    this.#options.onTrouble(new BoosterError('E_STORE_SEALED', what, { path: this.place, records: count }));
  };

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#options.onTrouble(storeProblem(error, this.place, 'E_STORE_WRITE'));
    }
  }
}

/** @throws BoosterError E_STORE_WRITE */
function emptyFolder(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      // the folder was named by the user: what is not the store's own stays
      if (isJournalName(name) || isDamagedName(name)) rmSync(join(folder, name), { recursive: true, force: true });
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw storeProblem(error, folder, 'E_STORE_WRITE');
  }
}
