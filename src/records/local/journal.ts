import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BoosterError } from '../../shared/errors.ts';
import { systemCode } from '../../shared/system-fault.ts';
import { checkOwner, makePrivateFolder } from './private-folder.ts';
import { storeProblem } from './store-problem.ts';
import type { StorePlace } from './store-place.ts';

/** The file of a journal that lines are added to. */
export const openName = 'open.jsonl';

/** Size from which the open file is put away under a name of its own: a few thousand records. */
const segmentBytes = 1_000_000n;

/** Not a link, and never a wait for the reader of a FIFO. */
const openFlags =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Each means that somebody took the file away between two system calls. */
const mostAttempts = 20;

/**
 * Lines in a folder of the store, for several processes at once and without a lock. The lines of a call are added with one write to a
 * file opened with O_APPEND, which the system does not mix with those of others. Whoever wants the lines renames the file and
 * reads it afterwards (see `claimJournal`): a line whose writer had ended is then in it, and any other writer sees that the file at the
 * path is not the one that it wrote to, and adds its lines again to the new one. So no line is lost, some stand twice, and
 * readers tell records apart by their ids. On local file systems only: NFS has no atomic append.
 */
export class Journal {
  readonly #place: StorePlace;
  readonly #name: string;
  readonly #path: string;
  readonly #onPutAway: () => void;

  /**
   * @param name of its folder in the store
   * @param onPutAway called when the open file has become full and got a name of its own
   */
  constructor(place: StorePlace, name: string, onPutAway: () => void = () => undefined) {
    this.#place = place;
    this.#name = name;
    this.#path = join(place.folder, name, openName);
    this.#onPutAway = onPutAway;
  }

  /**
   * Adds lines; they are not synced to the disk, so that a loss of power may take those of the last seconds.
   * @returns where something was moved to that stood in the place of the file and was none
   * @throws BoosterError E_STORE_WRITE, E_STORE_NOWHERE, E_STORE_DISTRUSTED
   */
  append(lines: readonly string[]): string | undefined {
    // the first end of line is for a half line that a killed writer or a full disk has left
    const bytes = Buffer.from(`\n${lines.join('\n')}\n`);
    let movedTo: string | undefined;
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const written = this.#writeOnce(bytes);
      if (written === 'no file') movedTo = this.#moveAside();
      else if (this.#isStill(written)) {
        if (written.size >= segmentBytes) this.#putAway(written);
        return movedTo;
      }
    }
    throw new BoosterError('E_STORE_WRITE', `${this.#path}: is taken away again and again`, { path: this.#path });
  }

  /** Facts of the file that now has the bytes. */
  #writeOnce(bytes: Buffer): BigIntStats | 'no file' {
    let descriptor: number | undefined;
    try {
      descriptor = this.#open();
      if (descriptor === undefined || !fstatSync(descriptor).isFile()) return 'no file';
      for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      return fstatSync(descriptor, { bigint: true });
    } catch (error) {
      throw storeProblem(error, this.#path, 'E_STORE_WRITE');
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  /** `undefined` when what is there cannot be opened because it is no file. */
  #open(): number | undefined {
    checkOwner(this.#place);
    try {
      return openSync(this.#path, openFlags, 0o600);
    } catch (error) {
      const code = systemCode(error);
      // a directory, a link, a FIFO without reader
      if (code === 'EISDIR' || code === 'ELOOP' || code === 'ENXIO') return undefined;
      if (code !== 'ENOENT') throw error;
      makePrivateFolder(this.#place, this.#name);
      return openSync(this.#path, openFlags, 0o600);
    }
  }

  #isStill({ dev, ino }: BigIntStats): boolean {
    const now = lstatSync(this.#path, { bigint: true, throwIfNoEntry: false });
    return now?.ino === ino && now.dev === dev;
  }

  #moveAside(): string {
    const to = join(this.#place.folder, this.#name, `damaged-${String(Date.now())}-${randomName()}`);
    try {
      renameSync(this.#path, to);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw storeProblem(error, this.#path, 'E_STORE_WRITE');
    }
    return to;
  }

  /** When two do this at once, the second renames what came in between: a short file, and nothing is lost. */
  #putAway(written: BigIntStats): void {
    try {
      const lines = countLines(readFileSync(this.#path));
      if (!this.#isStill(written)) return;
      renameSync(this.#path, join(this.#place.folder, this.#name, segmentName(Date.now(), lines)));
    } catch {
      // another process was quicker, or the next one tries again
      return;
    }
    this.#onPutAway();
  }
}

/** Name of a full file: until when its lines were added, and how many there were. */
export function segmentName(endedAt: number, lines: number): string {
  return `${String(endedAt)}-${String(lines)}-${randomName()}.jsonl`;
}

export function parseSegmentName(name: string): { readonly endedAt: number; readonly lines: number } | undefined {
  const [, endedAt, lines] = /^(\d{1,16})-(\d{1,9})-[\da-f]{8}\.jsonl$/.exec(name) ?? [];
  return endedAt === undefined ? undefined : { endedAt: Number(endedAt), lines: Number(lines) };
}

/** Whether a file in the folder of a journal holds lines of it. */
export function isJournalName(name: string): boolean {
  return name === openName || parseSegmentName(name) !== undefined || parseClaimName(name) !== undefined;
}

/** Name of a file that a process has taken away to deliver its lines elsewhere. */
export function claimName(claimedAt: number, processId: number): string {
  return `claim-${String(claimedAt)}-${String(processId)}-${randomName()}.jsonl`;
}

export function parseClaimName(name: string): { readonly claimedAt: number; readonly processId: number } | undefined {
  const [, claimedAt, processId] = /^claim-(\d{1,16})-(\d{1,10})-[\da-f]{8}\.jsonl$/.exec(name) ?? [];
  return claimedAt === undefined ? undefined : { claimedAt: Number(claimedAt), processId: Number(processId) };
}

/** Whether it was moved aside because it was damaged. */
export function isDamagedName(name: string): boolean {
  return /^damaged-[\w.-]+-[\da-f]{8}$/.test(name);
}

export function randomName(): string {
  return randomBytes(4).toString('hex');
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(10, at + 1)) {
    // of the two ends of line between calls, the second begins a record
    if (bytes[at + 1] !== 10) lines += 1;
  }
  return lines;
}
