import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { systemCode } from '../../shared/system-fault.ts';
import { compareIds } from '../match-run.ts';
import { readRecordLine } from '../record-line.ts';
import type { RunRecord } from '../run-record.ts';
import type { Sealer } from '../sealing.ts';
import { storeProblem } from './store-problem.ts';
import { visitJournals } from './store-journals.ts';

/** Milliseconds between two looks. */
const intervalMs = 250;

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Without it, sealed records are passed over. */
  readonly sealer: Sealer | undefined;
  /** Called when no record is missed any more. */
  readonly onWatching?: (() => void) | undefined;
}

/**
 * The records that are added to a local store from now on, in the order of their ids within each look, until `signal` aborts.
 * @throws BoosterError E_STORE_READ
 */
export async function* watchJournals(
  folder: string,
  { signal, sealer, onWatching }: WatchOptions,
): AsyncGenerator<RunRecord, void> {
  const tails = new JournalTails(folder, sealer);
  tails.read();
  onWatching?.();
  for (;;) {
    await setTimeout(intervalMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    yield* tails.read().sort((a, b) => compareIds(a.id, b.id));
  }
}

/** Reads what has been added to the files of a store. A file is known by its number, whatever name it gets. */
class JournalTails {
  readonly #folder: string;
  readonly #sealer: Sealer | undefined;
  readonly #ends = new Map<string, number>();
  readonly #seen = new Set<string>();

  constructor(folder: string, sealer: Sealer | undefined) {
    this.#folder = folder;
    this.#sealer = sealer;
  }

  read(): RunRecord[] {
    const added: RunRecord[] = [];
    visitJournals(this.#folder, (path) => {
      for (const line of this.#readLines(path)) {
        const read = readRecordLine(line, this.#sealer);
        if (!('record' in read) || this.#seen.has(read.record.id)) continue;
        // a record is met again when it moves from a spool to the runs
        this.#seen.add(read.record.id);
        added.push(read.record);
      }
    });
    return added;
  }

  #readLines(path: string): string[] {
    let descriptor: number | undefined;
    try {
      descriptor = openSync(path, 'r');
      const { ino, size } = fstatSync(descriptor, { bigint: true });
      const file = String(ino);
      const from = this.#ends.get(file) ?? 0;
      if (Number(size) <= from) return [];
      const bytes = Buffer.alloc(Number(size) - from);
      const text = bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, from));
      // a line that is still being written is read with the next look
      const end = text.lastIndexOf('\n') + 1;
      this.#ends.set(file, from + Buffer.byteLength(text.slice(0, end)));
      return text.slice(0, end).split('\n');
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw storeProblem(error, path, 'E_STORE_READ');
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }
}
