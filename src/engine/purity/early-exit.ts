import { type Ast, none } from '../ast.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Purity } from './purity.ts';
import type { Scope } from '../scope/scope.ts';

/** What happens when a predicate is called for fewer elements than before. */
export type EarlyExit =
  /** Nothing: it has no effect and can't throw. */
  | { readonly kind: 'equal' }
  /** It has no effect, but an error that it would throw on a later element (assumption A7) disappears. */
  | { readonly kind: 'may-throw' }
  /** Effects could be missed. `missing` says why, for people. */
  | { readonly kind: 'unknown'; readonly missing: string };

interface Analysis {
  readonly ast: Ast;
  readonly scope: Scope;
  readonly evidence: Evidence;
  readonly purity: Purity;
}

/** Global functions that tell of any value without an effect and without throwing. */
const totalFunctions = new Set(['Boolean', 'String']);
const totalStatics = [
  ['Array', 'isArray'],
  ['Number', 'isFinite'],
  ['Number', 'isInteger'],
  ['Number', 'isNaN'],
  ['Number', 'isSafeInteger'],
] as const;

/** Judges a predicate that is handed to an array method on `receiver`. */
export function judgeEarlyExit(analysis: Analysis, predicate: number, receiver: number): EarlyExit {
  const { ast, scope, purity } = analysis;
  const given = ast.withoutTypes(predicate);
  if (totalStatics.some(([object, name]) => scope.isGlobalMember(given, object, name))) return { kind: 'equal' };
  if (scope.isGlobal(given) && totalFunctions.has(ast.value(given))) return { kind: 'equal' };
  const fn = knownFunction(analysis, given);
  if (fn === none) return { kind: 'unknown', missing: `what ${ast.excerpt(given)} does is not known here` };
  if (!purity.isPureFunction(fn))
    return { kind: 'unknown', missing: 'the predicate may do more than answer: it would be called for fewer elements' };
  const readsSafely = ast
    .list(fn, 'params')
    .every(
      (parameter, index) =>
        ast.isIdentifier(parameter) || (index === 0 && fn === given && hasSafeElements(analysis.evidence, receiver)),
    );
  return { kind: readsSafely && purity.isNonThrowing(ast.returnedExpression(fn)) ? 'equal' : 'may-throw' };
}

/** The function that an expression certainly means: a function expression, or a never reassigned local function. */
export function knownFunction({ ast, scope }: Pick<Analysis, 'ast' | 'scope'>, node: number): number {
  if (ast.isFunction(node)) return node;
  const binding = ast.isIdentifier(node) ? scope.bindingOf(node) : undefined;
  const [declaration] = binding?.declarations ?? [];
  if (
    binding === undefined ||
    declaration === undefined ||
    binding.declarations.length > 1 ||
    scope.isReassigned(binding)
  )
    return none;
  const parent = ast.parent(declaration);
  if (ast.is(parent, 'FunctionDeclaration') && ast.field(declaration) === 'id') return parent;
  const initializer = scope.initializer(binding);
  return ast.isFunction(initializer) ? initializer : none;
}

/** Destructuring an element reads its properties: null and undefined would throw. */
function hasSafeElements(evidence: Evidence, receiver: number): boolean {
  const element = evidence.shapeOf(receiver)?.element;
  return element !== undefined && element.nullish !== true && element.type !== 'null' && element.type !== 'undefined';
}
