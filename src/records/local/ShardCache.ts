import { hash as hashText } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { randomName } from './journal.ts';
import { checkOwner, makePrivateFolder } from './private-folder.ts';
import type { StorePlace } from './store-place.ts';

/** Folder of the cache in the store. */
const cacheName = 'cache';

/** The first two digits of a key name the file of its entry. */
const shards = 256;

const appendFlags =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export interface CacheEntry {
  /** SHA-256 of all that the value depends on, in lower-case hex. */
  readonly key: string;
  /** One line. */
  readonly value: string;
}

/**
 * Texts by key, for as long as there is room, in files that several processes add lines to. Each line carries the hash of its key and value: one
 * that was damaged, torn or put under another key is as good as not there. No call throws: a cache that cannot be read is
 * empty, one that cannot be written stays as it is.
 */
export class ShardCache {
  readonly #place: StorePlace;
  readonly #shardBytes: number;
  readonly #texts = new Map<string, string>();
  #isTrusted: boolean | undefined;

  /** @param maximumBytes of all files together */
  constructor(place: StorePlace, maximumBytes: number) {
    this.#place = place;
    this.#shardBytes = Math.floor(maximumBytes / shards);
  }

  get(key: string): string | undefined {
    const text = this.#textOf(shardOf(key));
    // the latest one counts: it was put there because those before were no good
    const start = text.lastIndexOf(`\n${key} `);
    if (start < 0) return undefined;
    const end = text.indexOf('\n', start + 1);
    const [, hash, value] = /^\S+ (\S+) (.*)$/.exec(text.slice(start + 1, end < 0 ? undefined : end)) ?? [];
    return value !== undefined && hash === hashOf(key, value) ? value : undefined;
  }

  put(entries: readonly CacheEntry[]): void {
    const byShard = new Map<string, string>();
    for (const { key, value } of entries) {
      const line = `${key} ${hashOf(key, value)} ${value}\n`;
      // it would push all others out, and itself
      if (line.length > this.#shardBytes / 4) continue;
      const shard = shardOf(key);
      byShard.set(shard, (byShard.get(shard) ?? '\n') + line);
    }
    for (const [shard, lines] of byShard) {
      try {
        if (this.#append(shard, lines) > this.#shardBytes) this.#shorten(shard);
      } catch {
        // a full or read-only disk; nothing depends on it
        return;
      }
    }
  }

  #textOf(shard: string): string {
    const known = this.#texts.get(shard);
    if (known !== undefined) return known;
    const text = this.#read(shard);
    this.#texts.set(shard, text);
    return text;
  }

  /** Empty when there is none, or one that somebody else could have written: what is in it becomes code. */
  #read(shard: string): string {
    let descriptor: number | undefined;
    try {
      if (!this.#trusts()) return '';
      descriptor = openSync(this.#pathOf(shard), readFlags);
      const stats = fstatSync(descriptor);
      const { userId } = this.#place;
      const isOwn = userId === undefined || (stats.uid === userId && (stats.mode & 0o022) === 0);
      // beyond its size, the file is not ours
      if (!stats.isFile() || !isOwn || stats.size > 4 * this.#shardBytes + 1_000_000) return '';
      return `\n${readFileSync(descriptor, 'utf8')}`;
    } catch {
      return '';
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  #trusts(): boolean {
    if (this.#isTrusted !== undefined) return this.#isTrusted;
    // throws when it does not belong to the user: then nothing is read
    this.#isTrusted = false;
    checkOwner(this.#place);
    this.#isTrusted = true;
    return true;
  }

  /** Gives the size of the file. */
  #append(shard: string, lines: string): number {
    const descriptor = this.#openForAppending(shard);
    try {
      if (!fstatSync(descriptor).isFile()) return 0;
      const bytes = Buffer.from(lines);
      for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      return fstatSync(descriptor).size;
    } finally {
      closeSync(descriptor);
    }
  }

  #openForAppending(shard: string): number {
    checkOwner(this.#place);
    try {
      return openSync(this.#pathOf(shard), appendFlags, 0o600);
    } catch {
      makePrivateFolder(this.#place, cacheName);
      return openSync(this.#pathOf(shard), appendFlags, 0o600);
    }
  }

  /** Keeps the newer half. What others add meanwhile is lost, which a cache may do. */
  #shorten(shard: string): void {
    const path = this.#pathOf(shard);
    const lines = readFileSync(path, 'utf8').split('\n').reverse();
    const kept = new Map<string, string>();
    let bytes = 0;
    for (const line of lines) {
      const key = line.slice(0, line.indexOf(' '));
      if (kept.has(key) || !/^[\da-f]{64} [\da-f]{64} /.test(line)) continue;
      bytes += Buffer.byteLength(line) + 1;
      if (bytes > this.#shardBytes / 2) break;
      kept.set(key, line);
    }
    const temporary = `${path}.${randomName()}.tmp`;
    try {
      writeFileSync(temporary, `${[...kept.values()].reverse().join('\n')}\n`, { mode: 0o600, flag: 'wx' });
      renameSync(temporary, path);
    } catch {
      rmSync(temporary, { force: true });
    }
  }

  #pathOf(shard: string): string {
    return join(this.#place.folder, cacheName, `${shard}.cache`);
  }
}

function shardOf(key: string): string {
  return key.slice(0, 2);
}

function hashOf(key: string, value: string): string {
  return hashText('sha256', `${key}\n${value}`);
}
