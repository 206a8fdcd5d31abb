export type BindingKind =
  | 'const'
  | 'let'
  | 'var'
  | 'function'
  | 'class'
  | 'parameter'
  | 'import'
  | 'catch'
  | 'enum'
  | 'namespace';

/** One use of a name. */
export interface Reference {
  /** The `Identifier` (or `JSXIdentifier`) node. */
  readonly node: number;
  readonly read: boolean;
  readonly write: boolean;
  /** The write that belongs to the declaration itself (`const x = 1`, a parameter, a loop variable). */
  readonly init: boolean;
  /** Innermost function that holds the reference, {@link none} at top level. */
  readonly fn: number;
}

/** One declared name; several `var` or `function` declarations of a name in a scope are one binding. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The declaring `Identifier` nodes. */
  readonly declarations: number[];
  readonly references: Reference[];
  /** Innermost function whose call creates the binding, {@link none} for the module. */
  readonly fn: number;
  /** The node whose evaluation creates the binding anew: block, loop, function, program. */
  readonly scopeNode: number;
  exported: boolean;
}
