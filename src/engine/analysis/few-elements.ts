import { type Ast, none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';
import type { Binding } from '../scope/scope.ts';

type Tools = Pick<RuleTools, 'ast' | 'scope'>;

/** Below some forty elements a search from the front costs no more than a Set (measured: 0.8–2.3× at 30). */
const fewElements = 64;

/** What gives no more elements than it gets. */
const derived = ['map', 'filter', 'slice', 'reverse', 'toReversed', 'sort', 'toSorted', 'entries', 'keys', 'values'];

const filling = new Set(['push', 'unshift', 'splice', 'concat', 'add', 'set']);

/** What a call was given: `args`, `argv`. */
const ofCalls = /^(?:args|_args|argv|arguments|params|parameters)$/i;

/**
 * Why a collection has a few elements as far as the text shows: they are written out, are the parts of a path or a key, or the
 * arguments of a call. `undefined` when nothing says so. A guess: for how a finding is weighed, never for a rewrite.
 */
export function fewReason(tools: Tools, collection: number): string | undefined {
  return reasonOf(tools, collection, new Set());
}

function reasonOf(tools: Tools, collection: number, seen: Set<Binding>): string | undefined {
  const { ast } = tools;
  const node = ast.withoutTypes(collection);
  switch (ast.kind(node)) {
    case 'ArrayExpression':
      return ofElements(tools, node, seen);
    case 'NewExpression':
      return ofConstruction(tools, node, seen);
    case 'CallExpression':
      return ofCall(tools, node, seen);
    case 'LogicalExpression':
      return reasonOf(tools, ast.child(node, 'left'), seen);
    case 'ConditionalExpression': {
      const reasons = ['consequent', 'alternate'].map((field) => reasonOf(tools, ast.child(node, field), seen));
      return reasons.includes(undefined) ? undefined : reasons[0];
    }
    case 'Identifier':
      return ofVariable(tools, node, seen);
    default:
      return undefined;
  }
}

/** `new Set(list)`, and `new Array(arguments.length)` that is filled from them. */
function ofConstruction(tools: Tools, node: number, seen: Set<Binding>): string | undefined {
  const { ast, scope } = tools;
  const [first = none] = ast.list(node, 'arguments');
  if (ast.isIdentifier(ast.child(node, 'callee'), 'Set')) return reasonOf(tools, first, seen);
  const binding = scope.bindingOf(first);
  const length = binding === undefined ? first : scope.initializer(binding);
  return ast.isIdentifier(ast.memberObject(length, 'length'), 'arguments')
    ? 'it is what one call was given'
    : undefined;
}

function ofElements(tools: Tools, array: number, seen: Set<Binding>): string | undefined {
  const { ast } = tools;
  const elements = ast.list(array, 'elements');
  const [only = none, ...others] = elements;
  if (others.length === 0 && ast.is(only, 'SpreadElement')) return reasonOf(tools, ast.child(only, 'argument'), seen);
  const isWritten = elements.length < fewElements && !elements.some((one) => ast.is(one, 'SpreadElement'));
  // an empty one is made to be filled
  return isWritten && elements.length > 0 ? 'its elements are written out' : undefined;
}

function ofCall(tools: Tools, call: number, seen: Set<Binding>): string | undefined {
  const { ast } = tools;
  const method = ast.methodCall(call);
  if (method === undefined) return undefined;
  const [first = none] = method.args;
  if (method.name === 'split' && separatesFew(ast, first)) return 'it is the parts of a name, a path or a key';
  if (ast.isIdentifier(method.object, 'Object')) return ofObject(tools, first);
  if (ast.isIdentifier(method.object, 'Array') && method.name === 'from') return reasonOf(tools, first, seen);
  return derived.includes(method.name) ? reasonOf(tools, method.object, seen) : undefined;
}

/** Lines and words of a text are many, and so are its characters. */
function separatesFew(ast: Ast, separator: number): boolean {
  const text = ast.string(separator);
  if (text !== undefined) return text !== '' && !/[\n\r\t ]/.test(text);
  return /^\/(?:\\[./:-]|\[[^\]\\sS]+\])\/[a-z]*$/.test(ast.source(separator));
}

/** `Object.keys(table)` of a table that is written out. */
function ofObject({ ast, scope }: Tools, node: number): string | undefined {
  const binding = scope.bindingOf(node);
  const object = ast.withoutTypes(binding === undefined ? node : scope.initializer(binding));
  const properties = ast.list(object, 'properties');
  const isWritten = ast.is(object, 'ObjectExpression') && !properties.some((one) => ast.is(one, 'SpreadElement'));
  const isFilled = binding?.references.some(({ node: use }) => isAssigned(ast, use)) === true;
  return isWritten && !isFilled && properties.length > 0 && properties.length < fewElements
    ? 'its keys are written out'
    : undefined;
}

/** `table[key] = …` */
function isAssigned(ast: Ast, use: number): boolean {
  const member = ast.parent(use);
  return ast.is(member, 'MemberExpression') && ast.field(use) === 'object' && ast.field(member) === 'left';
}

function ofVariable(tools: Tools, node: number, seen: Set<Binding>): string | undefined {
  const { ast, scope } = tools;
  const binding = scope.bindingOf(node);
  if (ofCalls.test(ast.value(node)) && (binding === undefined || binding.kind === 'parameter'))
    return 'it is what one call was given';
  if (binding === undefined || seen.has(binding)) return undefined;
  seen.add(binding);
  // an array of a given length is filled by assigning to its elements
  const isSized = ast.is(scope.initializer(binding), 'NewExpression');
  const isFilled = binding.references.some(
    ({ node: use, write, init }) => (write && !init) || (!isSized && isAssigned(ast, use)) || isFilledBy(ast, use),
  );
  return isFilled ? undefined : reasonOf(tools, scope.initializer(binding), seen);
}

function isFilledBy(ast: Ast, use: number): boolean {
  const member = ast.parent(use);
  return (
    ast.is(member, 'MemberExpression') &&
    ast.field(use) === 'object' &&
    ast.field(member) === 'callee' &&
    filling.has(ast.value(ast.child(member, 'property')))
  );
}
