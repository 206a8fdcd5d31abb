import { fieldOf, namedChildren, sourceOf } from '../cst.ts';
import type { CstNode } from '../cst.ts';
import { normalized } from './outliner.ts';
import type { Found } from './outliner.ts';

export const functionTypes: ReadonlySet<string> = new Set([
  'arrow_function',
  'function_expression',
  'generator_function',
]);

/** What a value makes of the variable, field or property that holds it. */
export function valueFacts(
  given: CstNode | undefined,
  ofFunction: 'function' | 'method',
): Omit<Found, 'name' | 'span'> {
  const value = withoutTypes(given);
  if (value === undefined) return { kind: 'variable' };
  const body = fieldOf(value, 'body');
  if (functionTypes.has(value.type))
    return {
      kind: ofFunction,
      body: body?.type === 'statement_block' ? body : undefined,
      members: body === undefined ? [] : [body],
    };
  if (value.type === 'class') return { kind: 'class', body, members: body === undefined ? [] : [body], scope: 'class' };
  if (value.type === 'object') return { kind: 'variable', body: value };
  return { kind: 'variable', members: [value] };
}

export function withoutTypes(value: CstNode | undefined): CstNode | undefined {
  let at = value;
  while (at !== undefined && /^(as|satisfies|parenthesized)_expression$/.test(at.type)) at = namedChildren(at)[0];
  return at;
}

/** Whether an object has functions or classes, itself or in objects inside. */
export function holdsFunctions(object: CstNode): boolean {
  return object.children.some((property) => {
    if (property.type === 'method_definition') return true;
    const value = property.type === 'pair' ? withoutTypes(fieldOf(property, 'value')) : undefined;
    return (
      value !== undefined &&
      (functionTypes.has(value.type) || value.type === 'class' || (value.type === 'object' && holdsFunctions(value)))
    );
  });
}

/** A function or a class. */
export function holdsDefinition(value: CstNode | undefined): boolean {
  const inner = withoutTypes(value);
  return inner !== undefined && (functionTypes.has(inner.type) || inner.type === 'class');
}

/** `(string, T[])`: types of the parameters of an overload, the parameter itself where it has none. */
export function parameterTypesOf(node: CstNode): string {
  const parameters = fieldOf(node, 'parameters');
  if (parameters === undefined) return '';
  const types = namedChildren(parameters).map((parameter) => {
    const type = fieldOf(parameter, 'type');
    return normalized(sourceOf(type ?? parameter).replace(/^:/, ''));
  });
  return `(${types.join(', ')})`;
}
