import { isPrimitive, join, literal, type Shape, weaker } from './shape.ts';

const comparisons = new Set(['===', '!==', '==', '!=', '<', '>', '<=', '>=', 'in', 'instanceof']);

/** Shape of `operator operand`. */
export function unaryShape(operator: string, operand: Shape | undefined): Shape | undefined {
  switch (operator) {
    case '!':
    case 'delete':
      return literal('boolean');
    case 'typeof':
      return literal('string');
    case 'void':
      return literal('undefined');
    case '+':
      return literal('number');
    case '-':
      return isNumber(operand) ? { ...literal('number'), integer: operand?.integer === true } : undefined;
    default:
      return undefined;
  }
}

/** Shape of `left operator right`. */
export function binaryShape(operator: string, left: Shape | undefined, right: Shape | undefined): Shape | undefined {
  if (comparisons.has(operator)) return literal('boolean');
  if (operator === '>>>') return { ...literal('number'), integer: true };
  if (operator === '+') return additionShape(left, right);
  if (left === undefined || right === undefined || !isNumber(left) || !isNumber(right)) return undefined;
  const isBitwise = ['|', '&', '^', '<<', '>>'].includes(operator);
  const areIntegers = left.integer === true && right.integer === true;
  const integer = isBitwise || (areIntegers && ['-', '*'].includes(operator));
  return { type: 'number', level: weaker(left.level, right.level), why: `result of ${operator}`, integer };
}

/** Shape of `left && right`, `left || right`, `left ?? right`. */
export function logicalShape(operator: string, left: Shape | undefined, right: Shape | undefined): Shape | undefined {
  if (operator !== '&&') return join([left === undefined ? undefined : { ...left, nullish: false }, right]);
  // objects are always truthy, so `set && x` is x; but a primitive, too, may have the type of an interface
  const isTruthy =
    left !== undefined &&
    !isPrimitive(left) &&
    left.nullish !== true &&
    (left.type !== 'object' || left.level === 'E0');
  return isTruthy ? right : join([left, right]);
}

function additionShape(left: Shape | undefined, right: Shape | undefined): Shape | undefined {
  const text = [left, right].find((shape) => shape?.type === 'string' && shape.nullish !== true);
  if (text !== undefined) return { type: 'string', level: text.level, why: 'concatenation' };
  if (left === undefined || right === undefined || !isNumber(left) || !isNumber(right)) return undefined;
  const integer = left.integer === true && right.integer === true;
  return { type: 'number', level: weaker(left.level, right.level), why: 'sum', integer };
}

function isNumber(shape: Shape | undefined): boolean {
  return shape?.type === 'number' && shape.nullish !== true;
}
