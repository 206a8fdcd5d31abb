import type { Ast } from '../../engine/ast.ts';
import type { Binding } from '../../engine/scope/binding.ts';
import type { RuleContext } from '../../engine/rule.ts';

/** What the code does with a formatter that it only asks for texts. */
export interface FormatterUse {
  /** The `const` that holds it, when there is one. */
  readonly binding: Binding | undefined;
  /** The expressions that mean it. */
  readonly places: readonly number[];
}

/** Methods that answer from the settings of the object alone. */
const askingMethods = new Set([
  'compare',
  'format',
  'formatRange',
  'formatRangeToParts',
  'formatToParts',
  'of',
  'resolvedOptions',
  'segment',
  'select',
  'selectRange',
]);
/** Built-ins that call a function handed to them and forget it. */
const callers = new Set(['map', 'forEach', 'flatMap', 'sort', 'toSorted']);

/** How the object made at `node` is used; `undefined` when it could be kept, changed, or told from another one. */
export function formatterUse({ ast, scope }: RuleContext, node: number): FormatterUse | undefined {
  const parent = ast.parent(node);
  const isDeclared = ast.is(parent, 'VariableDeclarator') && ast.value(ast.parent(parent)) === 'const';
  const binding = isDeclared ? scope.bindingOf(ast.child(parent, 'id')) : undefined;
  if (binding?.exported === true || (isDeclared && binding === undefined)) return undefined;
  const places =
    binding === undefined ? [node] : binding.references.filter(({ init }) => !init).map((reference) => reference.node);
  return places.length > 0 && places.every((place) => isAsked(ast, place)) ? { binding, places } : undefined;
}

/** `formatter.format(x)`, or the bound functions in `xs.map(formatter.format)` and `xs.sort(collator.compare)`. */
function isAsked(ast: Ast, place: number): boolean {
  const member = ast.parent(place);
  if (
    !ast.is(member, 'MemberExpression') ||
    ast.field(place) !== 'object' ||
    ast.has(member, 'computed') ||
    ast.has(member, 'optional')
  )
    return false;
  const name = ast.value(ast.child(member, 'property'));
  const call = ast.parent(member);
  if (ast.field(member) === 'callee') return ast.is(call, 'CallExpression') && askingMethods.has(name);
  const isBound = name === 'format' || name === 'compare';
  return isBound && ast.field(member) === 'arguments' && callers.has(ast.methodCall(call)?.name ?? '');
}
