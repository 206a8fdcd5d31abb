import { fieldOf, sourceOf } from '../cst.ts';
import type { CstNode } from '../cst.ts';

/** Source of the field `name`; `''` when there is none. */
export function nameOf(node: CstNode): string {
  const name = fieldOf(node, 'name');
  return name === undefined ? '' : sourceOf(name);
}
