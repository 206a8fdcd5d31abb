import type { ShapeType } from './shape.ts';

/** Expressions whose kind alone says what they are. */
export const literalTypes: Readonly<Record<string, ShapeType>> = {
  StringLiteral: 'string',
  TemplateLiteral: 'string',
  BooleanLiteral: 'boolean',
  BigIntLiteral: 'bigint',
  NullLiteral: 'null',
  RegExpLiteral: 'regexp',
  FunctionExpression: 'function',
  ArrowFunctionExpression: 'function',
  ClassExpression: 'function',
};
