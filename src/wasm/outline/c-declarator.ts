import { childOfType, fieldOf, namedChildren, sourceOf } from '../cst.ts';
import type { CstNode } from '../cst.ts';
import { normalized } from './outliner.ts';

const nameTypes: ReadonlySet<string> = new Set([
  'identifier',
  'field_identifier',
  'type_identifier',
  'qualified_identifier',
  'destructor_name',
  'operator_name',
  'operator_cast',
  'template_function',
  'template_method',
]);

/** Name in a declarator: what is left of pointers, arrays, parameters and parentheses. `''` when there is none. */
export function declaredName(declarator: CstNode): string {
  const name = nameNode(declarator);
  if (name === undefined) return '';
  if (name.type !== 'operator_cast') return normalized(sourceOf(name));
  // `operator bool() const`: the parameters are inside
  const inner = fieldOf(name, 'declarator');
  return normalized(name.text.slice(name.start, inner?.start ?? name.end));
}

function nameNode(declarator: CstNode): CstNode | undefined {
  let at: CstNode | undefined = declarator;
  while (at !== undefined && !nameTypes.has(at.type)) at = innerDeclarator(at);
  return at;
}

function innerDeclarator(declarator: CstNode): CstNode | undefined {
  return (
    fieldOf(declarator, 'declarator') ??
    namedChildren(declarator).find((child) => child.type.endsWith('declarator') || nameTypes.has(child.type))
  );
}

/** The part of a declarator that has the parameters, when it declares a function and no pointer to one. */
export function functionDeclarator(declarator: CstNode): CstNode | undefined {
  let at: CstNode | undefined = declarator;
  while (at !== undefined) {
    if (at.type === 'operator_cast') return fieldOf(at, 'declarator');
    if (nameTypes.has(at.type)) return undefined;
    if (at.type === 'function_declarator') return isPointer(at) ? undefined : at;
    at = innerDeclarator(at);
  }
  return undefined;
}

/** `(*name)(…)` */
function isPointer(declarator: CstNode): boolean {
  const inner = fieldOf(declarator, 'declarator');
  return (
    inner?.type === 'parenthesized_declarator' && namedChildren(inner).some(({ type }) => type.startsWith('pointer'))
  );
}

/** `(int, const char *) const`: parameters without names and default values, and what follows the parentheses. */
export function parameterTypes(declarator: CstNode | undefined): string {
  const holder = declarator === undefined ? undefined : functionDeclarator(declarator);
  if (holder === undefined) return '';
  const parameters = fieldOf(holder, 'parameters');
  if (parameters === undefined) return '';
  const types = namedChildren(parameters).map(typeOf);
  const isConst = holder.children.some((child) => child.type === 'type_qualifier' && sourceOf(child) === 'const');
  return `(${types.join(', ')})${isConst ? ' const' : ''}`;
}

function typeOf(parameter: CstNode): string {
  const declarator = fieldOf(parameter, 'declarator');
  const name = declarator === undefined ? undefined : nameNode(declarator);
  const value = childOfType(parameter, '=');
  const end = value?.start ?? parameter.end;
  const { text } = parameter;
  if (name === undefined) return normalized(text.slice(parameter.start, end));
  return normalized(`${text.slice(parameter.start, name.start)} ${text.slice(name.end, end)}`).replace(
    / ([*&\])])/g,
    '$1',
  );
}
