import type * as Runtime from 'web-tree-sitter';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import { assetPath } from './asset-path.ts';
import type { AssetName } from './asset-path.ts';
import type { Edit } from '../engine/edit.ts';
import { compileWasm } from './compile-wasm.ts';
import { CountedText } from './counted-text.ts';
import { editTree } from './edit-tree.ts';
import { mostRounds, mostSteps, refuseTooLarge, tooManyWays } from './refuse-too-large.ts';
import { StepWatch } from './step-watch.ts';
import { startTreeSitter } from './tree-sitter-start.ts';
import type { StartedTreeSitter } from './tree-sitter-start.ts';
import { TreeWalk } from './tree-walk.ts';

/** Longer texts get the room of the kept tree: one takes up to 40 bytes for each character (Go), and the least memory is 32 MB. */
const textBesideKept = 256 * 1024;

/** Tree and cursor of one call; both end with the call. `walk` begins a walk, which has to be closed. */
export type ReadTree<Result> = (tree: Runtime.Tree, cursor: Runtime.TreeCursor, walk: () => TreeWalk) => Result;

export interface ReadHow {
  readonly grammar: AssetName;
  readonly timeLimitMs: number;
}

/** The tree of a text without errors, for reading what edits make of it. */
interface KeptTree {
  readonly name: string;
  readonly grammar: AssetName;
  readonly text: string;
  readonly tree: Runtime.Tree;
}

let ofThread: Promise<TreeSitterRuntime> | undefined;

/** Runtimes that failed, with all that they had in hand: see {@link TreeSitterRuntime}. */
const failed: TreeSitterRuntime[] = [];

/**
 * Starts tree-sitter, once per thread: the runtime is a singleton of its package, with the memory that it was first started
 * with. Asynchronous, and its code is loaded here, because many processes need none of it. One that failed is begun anew.
 * @param memoryLimitBytes At least 32 MB; the first load of a thread decides.
 * @throws BoosterError `E_WASM_LOAD`, `E_WASM_MEMORY`
 */
export async function loadTreeSitterRuntime(memoryLimitBytes: number): Promise<TreeSitterRuntime> {
  ofThread ??= startTreeSitter(memoryLimitBytes).then((started) => new TreeSitterRuntime(started));
  const thread = await ofThread.catch((error: unknown) => {
    ofThread = undefined;
    throw isBoosterError(error)
      ? error
      : new BoosterError('E_WASM_LOAD', 'the tolerant reader cannot be started', {}, error);
  });
  if (!thread.poisoned) return thread;
  const next = thread.restarted();
  ofThread = Promise.resolve(next);
  return next;
}

/**
 * What a thread has once. The package deletes parsers, trees and cursors in WebAssembly when they are garbage, which would
 * trap in a runtime that failed and end the process, or hit what the next one has there: so the one parser lives as long as
 * the thread, and `#inHand` holds what a call works with.
 */
export class TreeSitterRuntime {
  readonly #started: StartedTreeSitter;
  readonly #parser: Runtime.Parser;
  readonly #languages = new Map<AssetName, Runtime.Language>();
  readonly #inHand: object[] = [];
  #kept: KeptTree | undefined;
  /** Anything but an orderly end of a call leaves it set, a `vm` time-out included, which runs no handler. */
  #isRunning = false;

  constructor(started: StartedTreeSitter) {
    this.#started = started;
    this.#parser = new started.runtime.Parser();
  }

  /** After this one failed: the next, in the same memory. */
  restarted(): TreeSitterRuntime {
    failed.push(this);
    this.#started.restart();
    return new TreeSitterRuntime(this.#started);
  }

  /** `true` after a trap: every further call throws `E_WASM_TRAP`, and whoever goes on loads the next runtime. */
  get poisoned(): boolean {
    return this.#isRunning;
  }

  /** Bytes of WebAssembly memory now, of all readers of this thread together; never shrinks. */
  get memoryBytes(): number {
    return this.#started.memory.buffer.byteLength;
  }

  /**
   * Compiles and links a grammar when the thread has not done so yet.
   * @throws BoosterError `E_WASM_LOAD`, `E_WASM_MEMORY`
   */
  loadGrammar(grammar: AssetName): Runtime.Language {
    const known = this.#languages.get(grammar);
    if (known !== undefined) return known;
    const module = compileWasm(assetPath(grammar));
    const language = this.#run(() => this.#started.loadGrammar(module));
    this.#languages.set(grammar, language);
    return language;
  }

  /**
   * Parses a text and hands its tree to `read`, which must neither keep it nor throw. With `keepAs` the tree stays for
   * {@link readEdited} under that name, in place of the one before it.
   * @throws BoosterError `E_FILE_TOO_LARGE` for what takes too long, `E_TASK_TIMEOUT` past the time limit, `E_WASM_LOAD`; `E_WASM_MEMORY`
   * or `E_WASM_TRAP` when the runtime failed, and is `poisoned`.
   */
  read<Result>(text: string, how: ReadHow & { readonly keepAs?: string }, read: ReadTree<Result>): Result {
    const { grammar, keepAs } = how;
    return this.#work(text, how, () => {
      if (keepAs !== undefined || text.length > textBesideKept) this.#dropKept();
      const tree = this.#parse(text, how);
      const result = this.#readTree(tree, read);
      if (keepAs === undefined || tree.rootNode.hasError) tree.delete();
      else this.#kept = { name: keepAs, grammar, text, tree };
      return result;
    });
  }

  /** Hands the tree that was kept under a name to `read`; `undefined` when it is not. @throws BoosterError as {@link read} */
  readKept<Result>(name: string, { grammar }: ReadHow, read: ReadTree<Result>): Result | undefined {
    const kept = this.#kept;
    if (kept?.grammar !== grammar || kept.name !== name) return undefined;
    return this.#run(() => {
      const result = this.#readTree(kept.tree, read);
      this.#inHand.length = 0;
      return result;
    });
  }

  /**
   * The same for a text that edits made of the kept one: what they leave alone is not parsed again.
   * @param how `base`: the name of the kept one; `edits`: against it
   * @returns `undefined` when that one is not kept, or when the text has errors: how these are read would depend on it
   * @throws BoosterError as {@link read}
   */
  readEdited<Result>(
    text: string,
    how: ReadHow & { readonly base: string; readonly edits: readonly Edit[] },
    read: ReadTree<Result>,
  ): Result | undefined {
    const kept = this.#kept;
    if (kept?.grammar !== how.grammar || kept.name !== how.base) return undefined;
    return this.#work(text, how, () => {
      const old = kept.tree.copy();
      this.#inHand.push(old);
      editTree(old, { before: kept.text, after: text, edits: how.edits }, this.#started.runtime);
      const tree = this.#parse(text, how, old);
      const result = tree.rootNode.hasError ? undefined : this.#readTree(tree, read);
      tree.delete();
      old.delete();
      return result;
    });
  }

  /** Runs `work` in a runtime that has the grammar; what it has in hand is forgotten behind it. */
  #work<Result>(text: string, { grammar }: ReadHow, work: () => Result): Result {
    this.#refusePoisoned();
    refuseTooLarge(text);
    const language = this.loadGrammar(grammar);
    return this.#run(() => {
      this.#parser.setLanguage(language);
      const result = work();
      this.#inHand.length = 0;
      return result;
    });
  }

  #parse(text: string, { timeLimitMs }: ReadHow, old: Runtime.Tree | null = null): Runtime.Tree {
    const start = performance.now();
    const watch = new StepWatch(start);
    const { rounds } = this.#started;
    const most = mostSteps(text);
    const roundsAtMost = mostRounds(text);
    let steps = 0;
    const counted = new CountedText(text);
    if (rounds !== undefined) rounds.value = 0;
    const isTooMuch = (): boolean => steps > most || counted.isSpent || (rounds?.value ?? 0) > roundsAtMost;
    const progressCallback = (): boolean => {
      const now = performance.now();
      watch.note(now);
      steps += 1;
      return isTooMuch() || watch.isMostlySlow || now - start > timeLimitMs;
    };
    const tree = this.#parser.parse(counted.read, old, { progressCallback });
    if (counted.isSpent) tree?.delete();
    if (tree === null || counted.isSpent) {
      this.#parser.reset();
      old?.delete();
      this.#inHand.length = 0;
      this.#isRunning = false;
      if (isTooMuch()) throw tooManyWays(most);
      const tookMs = Math.round(performance.now() - start);
      throw new BoosterError(
        'E_TASK_TIMEOUT',
        `the tolerant reader was stopped by the clock after ${String(tookMs)} ms`,
        {
          timeLimitMs,
        },
      );
    }
    this.#inHand.push(tree);
    return tree;
  }

  #readTree<Result>(tree: Runtime.Tree, read: ReadTree<Result>): Result {
    const cursor = tree.walk();
    this.#inHand.push(cursor);
    const result = read(tree, cursor, () => new TreeWalk(this.#started.walkCalls, tree));
    cursor.delete();
    return result;
  }

  #dropKept(): void {
    this.#kept?.tree.delete();
    this.#kept = undefined;
  }

  #refusePoisoned(): void {
    if (this.poisoned)
      throw new BoosterError('E_WASM_TRAP', 'the tolerant reader failed in an earlier call and must be discarded');
  }

  #run<Result>(work: () => Result): Result {
    this.#refusePoisoned();
    this.#isRunning = true;
    try {
      const result = work();
      this.#isRunning = false;
      return result;
    } catch (error) {
      if (!this.#isRunning) throw error;
      throw describeFailure(error);
    }
  }
}

function describeFailure(error: unknown): BoosterError {
  const message = error instanceof Error ? error.message : '';
  // The parser calls abort() in one case alone: an allocation failed.
  if (message.startsWith('Aborted()'))
    return new BoosterError('E_WASM_MEMORY', 'the tolerant reader reached its memory limit', {}, error);
  return new BoosterError('E_WASM_TRAP', 'the tolerant reader trapped', {}, error);
}
