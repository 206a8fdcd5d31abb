import { type Ast, none } from '../../engine/ast.ts';
import { elementRead } from '../../engine/idioms/element-read.ts';

/** The place that takes the first or last element of a sorted array and nothing else of it. */
export interface Extreme {
  /** The whole expression or declarator, for the report. */
  readonly node: number;
  /** The expression to be replaced. */
  readonly value: number;
  readonly end: 'first' | 'last';
  /** `[x]` of `const [x] = …`, or `none`. */
  readonly pattern: number;
}

/** How the code around a sorted array takes one end of it. */
export function extremeOf(ast: Ast, sorted: number): Extreme | undefined {
  const parent = ast.parent(sorted);
  if (ast.is(parent, 'VariableDeclarator')) return firstOfPattern(ast, parent, sorted);
  const node = ast.field(parent) === 'callee' ? ast.parent(parent) : parent;
  const read = elementRead(ast, node);
  if (read?.object !== sorted || (read.index !== 0 && read.index !== -1)) return undefined;
  // `…[0]!` has done its work: the new expression has the element's type
  const value = ast.is(ast.parent(node), 'TSNonNullExpression') ? ast.parent(node) : node;
  return { node, value, end: read.index === 0 ? 'first' : 'last', pattern: none };
}

/** `const [x] = …` with nothing else in the pattern: a default or a second name would mean something more. */
function firstOfPattern(ast: Ast, declarator: number, value: number): Extreme | undefined {
  const pattern = ast.child(declarator, 'id');
  const [name, ...others] = ast.list(pattern, 'elements');
  const isPlain =
    ast.is(pattern, 'ArrayPattern') && name !== undefined && others.length === 0 && ast.isIdentifier(name);
  return isPlain && ast.child(pattern, 'typeAnnotation') === none
    ? { node: declarator, value, end: 'first', pattern }
    : undefined;
}
