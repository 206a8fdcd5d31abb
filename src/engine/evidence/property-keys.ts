import type { Ast } from '../ast.ts';
import type { Evidence } from './evidence.ts';

const dangerous = '__proto__';

/** Methods whose results can't be `__proto__`: upper case, digits or dates. */
const harmlessMethods = new Set([
  'toUpperCase',
  'toLocaleUpperCase',
  'toFixed',
  'toExponential',
  'toPrecision',
  'toISOString',
]);

/**
 * `true` when a property key is certainly not `__proto__`, for which `o[key] = v` sets the prototype while
 * `{ [key]: v }` defines a property: a number, boolean or symbol, a known text, or one with a fixed part that does not fit.
 */
export function isNeverProto(ast: Ast, evidence: Evidence, node: number): boolean {
  const key = ast.withoutTypes(node);
  const text = ast.string(key);
  if (text !== undefined) return text !== dangerous;
  if (
    evidence.shapeOf(key) !== undefined &&
    ['number', 'bigint', 'boolean', 'symbol', 'null', 'undefined', 'date', 'regexp'].includes(
      evidence.shapeOf(key)?.type ?? '',
    )
  )
    return true;
  switch (ast.kind(key)) {
    case 'TemplateLiteral':
      return isOddTemplate(ast.list(key, 'quasis').map((quasi) => ast.value(quasi)));
    case 'BinaryExpression':
      return ast.value(key) === '+' && isOddConcatenation(ast, key);
    case 'ConditionalExpression':
      return (
        isNeverProto(ast, evidence, ast.child(key, 'consequent')) &&
        isNeverProto(ast, evidence, ast.child(key, 'alternate'))
      );
    case 'CallExpression': {
      const method = ast.methodCall(key);
      return (
        method !== undefined &&
        harmlessMethods.has(method.name) &&
        evidence.is(method.object, 'string', 'number', 'date')
      );
    }
    default:
      return false;
  }
}

/** A fixed part of the text does not occur in `__proto__` where it would have to. */
function isOddTemplate(parts: readonly string[]): boolean {
  const [head = ''] = parts;
  return (
    !dangerous.startsWith(head) ||
    !dangerous.endsWith(parts.at(-1) ?? '') ||
    parts.some((part) => !dangerous.includes(part))
  );
}

/** `'id:' + x`, `x + '-' + y`: any text in a chain of `+` stays in the result, once a text has been added. */
function isOddConcatenation(ast: Ast, sum: number): boolean {
  const parts: (string | undefined)[] = [];
  let at = sum;
  while (ast.is(at, 'BinaryExpression') && ast.value(at) === '+') {
    parts.unshift(ast.string(ast.child(at, 'right')));
    at = ast.child(at, 'left');
  }
  parts.unshift(ast.string(at));
  return parts.some((part) => part !== undefined && !dangerous.includes(part));
}
