import { hash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { randomName } from './journal.ts';
import { checkOwner, makePrivateFolder } from './private-folder.ts';
import type { StorePlace } from './store-place.ts';

const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Files of one folder that are kept: those that were written longest ago make room. */
const mostFiles = 16;

/**
 * One text in one file of the store, read at once and replaced as a whole, with its hash in front: one that was damaged or torn is as good
 * as not there. Of two processes that write it, the later one wins. No call throws: what cannot be read is not there, what cannot be
 * written stays as it was.
 */
export class WholeFile {
  readonly #place: StorePlace;
  readonly #folder: string;
  readonly #name: string;
  readonly #maximumBytes: number;

  /** @param folder in the store, with forward slashes; it holds files of this kind and nothing else */
  constructor(place: StorePlace, folder: string, name: string, maximumBytes: number) {
    this.#place = place;
    this.#folder = folder;
    this.#name = name;
    this.#maximumBytes = maximumBytes;
  }

  /** `undefined` when there is none, or one that somebody else could have written. */
  read(): string | undefined {
    let descriptor: number | undefined;
    try {
      checkOwner(this.#place);
      descriptor = openSync(this.#path, readFlags);
      const stats = fstatSync(descriptor);
      const { userId } = this.#place;
      const isOwn = userId === undefined || (stats.uid === userId && (stats.mode & 0o022) === 0);
      if (!stats.isFile() || !isOwn || stats.size > this.#maximumBytes + 65) return undefined;
      const whole = readFileSync(descriptor, 'utf8');
      const text = whole.slice(65);
      return whole.slice(0, 65) === `${hash('sha256', text)}\n` ? text : undefined;
    } catch {
      return undefined;
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  write(text: string): void {
    if (Buffer.byteLength(text) > this.#maximumBytes) return;
    const temporary = `${this.#path}.${randomName()}.tmp`;
    try {
      makePrivateFolder(this.#place, this.#folder);
      writeFileSync(temporary, `${hash('sha256', text)}\n${text}`, { mode: 0o600, flag: 'wx' });
      renameSync(temporary, this.#path);
      this.#prune();
    } catch {
      // a full or read-only disk; nothing depends on it
      removeQuietly(temporary);
    }
  }

  /** What a killed writer left behind is among the oldest some day. */
  #prune(): void {
    const folder = join(this.#place.folder, this.#folder);
    const paths = readdirSync(folder).map((name) => join(folder, name));
    if (paths.length <= mostFiles) return;
    const times = new Map(paths.map((path) => [path, statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0]));
    const oldest = paths.toSorted((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0));
    for (const path of oldest.slice(0, -mostFiles)) rmSync(path, { force: true });
  }

  get #path(): string {
    return join(this.#place.folder, this.#folder, this.#name);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // what it would be in is no folder
  }
}
