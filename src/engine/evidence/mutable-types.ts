import type { Ast } from '../ast.ts';

/** Built-in generic types whose values may be written to. */
const mutableGenerics = new Set(['Array', 'Record', 'Map', 'Set']);

/**
 * `true` when code that writes to a value of this type might not compile: `readonly` types, tuples, and types whose
 * declaration is in another file. Accepts the `TSTypeAnnotation` wrapper or the type itself; no type is no obstacle.
 */
export function mayBeReadonly(ast: Ast, type: number, depth = 0): boolean {
  if (depth > 8) return true;
  switch (ast.kind(type)) {
    case '':
    case 'TSAnyKeyword':
    case 'TSArrayType':
      return false;
    case 'TSTypeAnnotation':
      return mayBeReadonly(ast, ast.child(type, 'typeAnnotation'), depth + 1);
    case 'TSTypeLiteral':
      return /\breadonly\b/.test(ast.source(type));
    case 'TSTypeReference':
      return isReadonlyReference(ast, type, depth);
    default:
      return true;
  }
}

function isReadonlyReference(ast: Ast, type: number, depth: number): boolean {
  const name = ast.value(ast.child(type, 'typeName'));
  const declarations = [
    'TSTypeAliasDeclaration',
    'TSInterfaceDeclaration',
    'ClassDeclaration',
    'TSTypeParameter',
  ].flatMap((kind) => ast.ofKind(kind).filter((node) => declaredName(ast, node) === name));
  const [declaration, ...more] = declarations;
  if (declaration === undefined) return !mutableGenerics.has(name) || isImported(ast, name);
  if (more.length > 0 || !ast.is(declaration, 'TSTypeAliasDeclaration')) return true;
  return mayBeReadonly(ast, ast.child(declaration, 'typeAnnotation'), depth + 1);
}

function declaredName(ast: Ast, declaration: number): string {
  return ast.value(ast.child(declaration, ast.is(declaration, 'TSTypeParameter') ? 'name' : 'id'));
}

function isImported(ast: Ast, name: string): boolean {
  return ['ImportSpecifier', 'ImportDefaultSpecifier'].some((kind) =>
    ast.ofKind(kind).some((node) => ast.value(ast.child(node, 'local')) === name),
  );
}
