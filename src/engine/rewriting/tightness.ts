/**
 * How tightly an expression binds, loosest first; an operand needs parentheses where its place demands a tighter one.
 * (ECMA-262, operator precedence.)
 */
const strength = {
  sequence: 0,
  assignment: 1, // also arrow functions, yield, conditional
  conditional: 2,
  nullish: 3,
  or: 3,
  and: 4,
  bitwiseOr: 5,
  bitwiseXor: 6,
  bitwiseAnd: 7,
  equality: 8,
  relational: 9,
  shift: 10,
  additive: 11,
  multiplicative: 12,
  exponent: 13,
  unary: 14,
  postfix: 15,
  call: 16, // also member access and `new X()`
  primary: 17,
} as const;

/** Name of a binding strength. */
export type Tightness = keyof typeof strength;

/** Binary and logical operators. */
export const operatorTightness: Readonly<Record<string, Tightness>> = {
  '??': 'nullish',
  '||': 'or',
  '&&': 'and',
  '|': 'bitwiseOr',
  '^': 'bitwiseXor',
  '&': 'bitwiseAnd',
  '==': 'equality',
  '!=': 'equality',
  '===': 'equality',
  '!==': 'equality',
  '<': 'relational',
  '>': 'relational',
  '<=': 'relational',
  '>=': 'relational',
  in: 'relational',
  instanceof: 'relational',
  '<<': 'shift',
  '>>': 'shift',
  '>>>': 'shift',
  '+': 'additive',
  '-': 'additive',
  '*': 'multiplicative',
  '/': 'multiplicative',
  '%': 'multiplicative',
  '**': 'exponent',
};

/** Other expressions by kind; kinds not listed are `primary`. */
export const kindTightness: Readonly<Record<string, Tightness>> = {
  SequenceExpression: 'sequence',
  AssignmentExpression: 'assignment',
  ArrowFunctionExpression: 'assignment',
  YieldExpression: 'assignment',
  ConditionalExpression: 'assignment',
  UnaryExpression: 'unary',
  AwaitExpression: 'unary',
  TSTypeAssertion: 'unary',
  UpdateExpression: 'postfix',
  // they bind like `<`, but what follows could be read as part of the type: `a as T | b`
  TSAsExpression: 'conditional',
  TSSatisfiesExpression: 'conditional',
  CallExpression: 'call',
  MemberExpression: 'call',
  NewExpression: 'call',
  // looser than a call: `(a?.b).c` goes on where `a?.b.c` stops
  ChainExpression: 'postfix',
  TaggedTemplateExpression: 'call',
  ImportExpression: 'call',
  TSNonNullExpression: 'call',
  ObjectExpression: 'primary',
  FunctionExpression: 'primary',
  ClassExpression: 'primary',
};

/** `true` when an expression that binds as `tightness` needs parentheses where `needed` is demanded. */
export function isLooser(tightness: Tightness, needed: Tightness): boolean {
  // `??` and `||` bind alike, but may not be mixed
  const isMixed = (tightness === 'nullish' && needed === 'or') || (tightness === 'or' && needed === 'nullish');
  return isMixed || strength[tightness] < strength[needed];
}

/** The next tighter step. */
export function tighter(tightness: Tightness): Tightness {
  const order: readonly Tightness[] = [
    'sequence',
    'assignment',
    'conditional',
    'nullish',
    'and',
    'bitwiseOr',
    'bitwiseXor',
    'bitwiseAnd',
    'equality',
    'relational',
    'shift',
    'additive',
    'multiplicative',
    'exponent',
    'unary',
    'postfix',
    'call',
    'primary',
  ];
  return order[order.indexOf(tightness) + 1] ?? 'primary';
}
