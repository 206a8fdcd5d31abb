import type * as Runtime from 'web-tree-sitter';
import { BoosterError } from '../shared/errors.ts';
import type { WasmInstance } from './web-assembly.ts';

type TreeCall = (tree: number) => number;

/** What a walk calls in the runtime's module: each works on the node or the cursor in its transfer buffer. */
export interface WalkCalls {
  readonly rootNode: TreeCall;
  readonly open: TreeCall;
  readonly close: TreeCall;
  readonly firstChild: TreeCall;
  readonly nextSibling: TreeCall;
  readonly parent: TreeCall;
  readonly type: TreeCall;
  readonly field: TreeCall;
  readonly start: TreeCall;
  readonly end: TreeCall;
}

const exportNames: Readonly<Record<keyof WalkCalls, string>> = {
  rootNode: 'ts_tree_root_node_wasm',
  open: 'ts_tree_cursor_new_wasm',
  close: 'ts_tree_cursor_delete_wasm',
  firstChild: 'ts_tree_cursor_goto_first_child_wasm',
  nextSibling: 'ts_tree_cursor_goto_next_sibling_wasm',
  parent: 'ts_tree_cursor_goto_parent_wasm',
  type: 'ts_tree_cursor_current_node_type_id_wasm',
  field: 'ts_tree_cursor_current_field_id_wasm',
  start: 'ts_tree_cursor_start_index_wasm',
  end: 'ts_tree_cursor_end_index_wasm',
};

/** @throws BoosterError `E_WASM_LOAD` when the module is of another version, without one of the functions */
export function walkCallsOf({ exports }: WasmInstance): WalkCalls {
  const calls = Object.entries(exportNames).map(([key, name]) => {
    const call = exports[name];
    if (typeof call !== 'function') throw new BoosterError('E_WASM_LOAD', `the tolerant reader has no ${name}`);
    return [key, call] as const;
  });
  return Object.fromEntries(calls) as unknown as WalkCalls;
}

/**
 * A walk through a tree from its root. The package's own cursor copies its state into the module and back for each question, which
 * takes as long as parsing does; here it stays in the module. So nothing else may be asked of the runtime while a walk is
 * open, but for the names of types.
 */
export class TreeWalk {
  readonly #calls: WalkCalls;
  readonly #tree: number;

  constructor(calls: WalkCalls, tree: Runtime.Tree) {
    this.#calls = calls;
    this.#tree = addressOf(tree);
    calls.rootNode(this.#tree);
    calls.open(this.#tree);
  }

  /** Frees what the walk holds in the module; not called when that has failed. */
  close(): void {
    this.#calls.close(this.#tree);
  }

  get type(): number {
    return this.#calls.type(this.#tree);
  }

  get field(): number {
    return this.#calls.field(this.#tree);
  }

  get start(): number {
    return this.#calls.start(this.#tree);
  }

  get end(): number {
    return this.#calls.end(this.#tree);
  }

  gotoFirstChild(): boolean {
    return this.#calls.firstChild(this.#tree) === 1;
  }

  gotoNextSibling(): boolean {
    return this.#calls.nextSibling(this.#tree) === 1;
  }

  gotoParent(): void {
    this.#calls.parent(this.#tree);
  }
}

/** Where the package keeps the address of a tree. */
function addressOf(tree: Runtime.Tree): number {
  const address: unknown = Reflect.get(tree, 0);
  if (typeof address !== 'number')
    throw new BoosterError('E_WASM_LOAD', 'the tolerant reader has no address of its tree');
  return address;
}
