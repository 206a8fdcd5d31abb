import { type Ast, none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';
import type { Binding } from '../scope/scope.ts';

type Tools = Pick<RuleTools, 'ast' | 'scope'>;

/** Below some forty elements a search from the front costs no more than a Set (measured: 0.8–2.3× at 30). */
const fewElements = 64;

/** What gives no more elements than it gets. */
const derived = ['map', 'filter', 'slice', 'reverse', 'toReversed', 'sort', 'toSorted', 'entries', 'keys', 'values'];

const filling = new Set(['push', 'unshift', 'splice', 'concat', 'add', 'set']);

/** What is set by a person, one by one. */
const settings = /^(?:opts|(?:\w+O|o)ptions|(?:\w+C|c)onfig|(?:\w+S|s)ettings|(?:\w+F|f)lags|mediaTypes|tagSet)$/;

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
    case 'StringLiteral':
      return ast.value(node).length < fewElements ? 'its characters are written out' : undefined;
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
      return ofName(ast.value(node)) ?? ofVariable(tools, node, seen);
    case 'MemberExpression':
      return ast.has(node, 'computed') ? undefined : ofName(ast.value(ast.child(node, 'property')));
    default:
      return undefined;
  }
}

/** `NATIVE_KEYS`, `callFrames` */
function ofName(name: string): string | undefined {
  if (/^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/.test(name)) return 'its name is that of a constant';
  if (/^(?:call|stack)(?:Frames|Lines)$/.test(name)) return 'a stack has few frames';
  return /^(?:headers|\w+Headers)$/.test(name) ? 'a message has few headers' : undefined;
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
  if (method.name === 'concat') {
    const reasons = [method.object, ...method.args]
      .filter((one) => !isEmpty(ast, one))
      .map((one) => reasonOf(tools, one, seen));
    return reasons.includes(undefined) ? undefined : reasons[0];
  }
  if (ast.isIdentifier(method.object, 'Object')) return fewKeysReason(tools, first);
  if (ast.isIdentifier(method.object, 'Array') && method.name === 'from') return reasonOf(tools, first, seen);
  if (method.name === 'filter' && staysAmongFew(ast, first)) return 'it keeps only what is written out';
  return derived.includes(method.name) ? reasonOf(tools, method.object, seen) : undefined;
}

/** `[]` */
function isEmpty(ast: Ast, node: number): boolean {
  return ast.is(node, 'ArrayExpression') && ast.list(node, 'elements').length === 0;
}

/** `(one) => ['a', 'b'].includes(one)` */
function staysAmongFew(ast: Ast, callback: number): boolean {
  const test = ast.methodCall(ast.child(callback, 'body'), 'includes');
  const list = test === undefined ? none : ast.withoutTypes(test.object);
  const [parameter = none] = ast.list(callback, 'params');
  const isOfElement = ast.isIdentifier(parameter) && ast.isIdentifier(test?.args[0] ?? none, ast.value(parameter));
  return isOfElement && ast.is(list, 'ArrayExpression') && ast.list(list, 'elements').length < fewElements;
}

/** Lines and words of a text are many, and so are its characters. */
function separatesFew(ast: Ast, separator: number): boolean {
  const text = ast.string(separator);
  if (/^(?:path\.)?(?:sep|delimiter)$/.test(ast.source(separator))) return true;
  if (text !== undefined) return text !== '' && !/[\n\r\t ]/.test(text);
  return /^\/(?:\\[./:-]|\[[^\]\\sS]+\])\/[a-z]*$/.test(ast.source(separator));
}

/** Why an object has few keys: a table that is written out, options. `undefined` when nothing says so. */
export function fewKeysReason({ ast, scope }: Tools, given: number): string | undefined {
  const parameter = scope.bindingOf(given);
  const [declaration = none] = parameter?.declarations ?? [];
  const standard = ast.parent(declaration);
  const isStandard = parameter?.kind === 'parameter' && ast.is(standard, 'AssignmentPattern');
  const node = isStandard ? ast.child(standard, 'right') : given;
  const name = ast.value(ast.is(node, 'MemberExpression') ? ast.child(node, 'property') : node);
  if (settings.test(name)) return 'options and settings are few';
  const named = ofName(name);
  if (named !== undefined) return named;
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
  if (isFilled) return undefined;
  // a parameter that is given a value where there is none: `(brackets = defaultBrackets)`
  const [declaration = none] = binding.declarations;
  const standard = ast.parent(declaration);
  const init = ast.is(standard, 'AssignmentPattern') ? ast.child(standard, 'right') : scope.initializer(binding);
  return reasonOf(tools, init, seen);
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
