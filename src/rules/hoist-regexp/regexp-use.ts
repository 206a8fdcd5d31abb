import type { Ast } from '../../engine/ast.ts';
import type { Binding } from '../../engine/scope/binding.ts';
import type { RuleContext } from '../../engine/rule.ts';

/** What the code does with a regular expression that is only matched against texts. */
export interface RegExpUse {
  /** The `const` that holds it, when there is one. */
  readonly binding: Binding | undefined;
  /** It is asked with `test` or `exec`, which read and write its `lastIndex` when it has the flag g or y. */
  readonly keepsState: boolean;
  /** Receivers that are taken for texts: something else could keep the expression. */
  readonly assumedTexts: readonly number[];
}

const stateful = new Set(['test', 'exec']);
/** Methods of strings that start from 0, or work on a copy, whatever `lastIndex` was, and leave it as it was or 0. */
const matching = new Set(['match', 'matchAll', 'replace', 'replaceAll', 'search', 'split']);

/** How the object made at `node` is used; `undefined` when anything else than matching could happen to it. */
export function regExpUse({ ast, scope, evidence }: RuleContext, node: number): RegExpUse | undefined {
  const parent = ast.parent(node);
  const isDeclared = ast.is(parent, 'VariableDeclarator') && ast.value(ast.parent(parent)) === 'const';
  const binding = isDeclared ? scope.bindingOf(ast.child(parent, 'id')) : undefined;
  if (binding?.exported === true || (isDeclared && binding === undefined)) return undefined;
  const places =
    binding === undefined ? [node] : binding.references.filter(({ init }) => !init).map((reference) => reference.node);
  const calls = places.map((place) => matchingCall(ast, place));
  const known = calls.filter((call) => call !== undefined);
  if (known.length === 0 || known.length < calls.length) return undefined;
  const receivers = known.filter(({ name }) => matching.has(name)).map(({ object }) => object);
  return {
    binding,
    keepsState: known.some(({ name }) => stateful.has(name)),
    assumedTexts: receivers.filter((receiver) => !evidence.is(receiver, 'string')),
  };
}

/** The call around `re` in `re.test(…)` or `text.replace(re, …)`. */
function matchingCall(ast: Ast, place: number): { readonly name: string; readonly object: number } | undefined {
  const parent = ast.parent(place);
  if (ast.is(parent, 'MemberExpression') && ast.field(place) === 'object' && ast.field(parent) === 'callee') {
    const call = ast.methodCall(ast.parent(parent));
    return call !== undefined && stateful.has(call.name) ? call : undefined;
  }
  const call = ast.field(place) === 'arguments' ? ast.methodCall(parent) : undefined;
  return call !== undefined && call.args[0] === place && matching.has(call.name) ? call : undefined;
}
