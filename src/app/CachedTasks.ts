import { hash } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import type { PoolTask, TaskResult } from '../pool/protocol.ts';
import { ShardCache } from '../records/local/ShardCache.ts';
import type { CacheEntry } from '../records/local/ShardCache.ts';
import { sealedPrefix } from '../records/sealing.ts';
import type { Sealer } from '../records/sealing.ts';
import type { StorePlace } from '../records/local/store-place.ts';

/** Entries that are kept in memory until they are written. */
const mostPending = 256;

/** What a result depends on beside the task: the whole program, and the engine that its regular expressions run on. */
export interface EngineIdentity {
  readonly build: string;
  readonly nodeVersion: string;
}

/**
 * Results of tasks that were done before. A result is a function of its task and of the program, so the key is the hash of both: the text,
 * its language, the rules or the edit, the options, and the hash of the build. Only what succeeded without anything unusual is kept.
 */
export class CachedTasks {
  readonly #cache: ShardCache;
  readonly #identity: string;
  #pending: CacheEntry[] = [];

  readonly #sealer: Sealer | undefined;

  /** @param sealer encrypts what is kept; with it, nothing else is taken; without it, what was encrypted cannot be read */
  constructor(place: StorePlace, maximumBytes: number, { build, nodeVersion }: EngineIdentity, sealer?: Sealer) {
    this.#cache = new ShardCache(place, maximumBytes);
    this.#sealer = sealer;
    this.#identity = JSON.stringify([packageJson.version, build, nodeVersion]);
  }

  /** @param textHash of the bytes that the text of the request was read from: the text itself is then not gone through again */
  keyOf(task: PoolTask, textHash?: string): string {
    const known = textHash !== undefined && 'text' in task.request;
    const what = known ? { kind: task.kind, textHash, request: { ...task.request, text: undefined } } : task;
    return hash('sha256', this.#identity + JSON.stringify(what));
  }

  /** The result of a task of this kind, which is part of the key. */
  get<Kind extends PoolTask['kind']>(key: string): TaskResult<Kind> | undefined {
    const kept = this.#cache.get(key);
    // with a key, an entry that is not sealed could be anybody's
    if (kept === undefined || kept.startsWith(sealedPrefix) !== (this.#sealer !== undefined)) return undefined;
    const value = this.#sealer === undefined ? kept : this.#sealer.open(kept, placeOf(key));
    return value === undefined ? undefined : (JSON.parse(value) as TaskResult<Kind>);
  }

  /** Keeps a result in memory until {@link write}. */
  note(key: string, result: TaskResult): void {
    if (!isKept(result)) return;
    const value = JSON.stringify(result);
    this.#pending.push({ key, value: this.#sealer === undefined ? value : this.#sealer.seal(value, placeOf(key)) });
    if (this.#pending.length >= mostPending) this.write();
  }

  write(): void {
    this.#cache.put(this.#pending);
    this.#pending = [];
  }
}

/** An entry that was put under another key does not open. */
function placeOf(key: string): string {
  return `cache ${key}`;
}

/** A refusal may come from a limit of this run, a fallback from a fault of it. */
function isKept(result: TaskResult): boolean {
  if (result.status === 'refused') return false;
  if ('failedRules' in result) return result.failedRules.length === 0 && result.reader !== 'tree-sitter';
  return result.engine !== 'fallback' && result.fellBack === undefined;
}
