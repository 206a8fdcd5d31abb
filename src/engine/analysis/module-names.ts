import { none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';

type Tools = Pick<RuleTools, 'ast' | 'scope'>;

/** What an expression takes from a module: `fs.readFileSync` and `readFileSync` alike are `{ module: 'fs', name: 'readFileSync' }`. */
export interface ModuleName {
  /** Without `node:`. */
  readonly module: string;
  /** Exported name; `''` for the module as a whole. */
  readonly name: string;
}

/** The module member that an expression means, by its imports and `require` calls; `undefined` when it is another thing. */
export function moduleName(tools: Tools, node: number): ModuleName | undefined {
  const { ast } = tools;
  const at = ast.withoutTypes(node);
  if (ast.is(at, 'Identifier')) return nameOfIdentifier(tools, at);
  const required = requiredModule(tools, at);
  if (required !== undefined) return { module: required, name: '' };
  if (!ast.is(at, 'MemberExpression') || ast.has(at, 'computed')) return undefined;
  const whole = moduleName(tools, ast.child(at, 'object'));
  const name = ast.value(ast.child(at, 'property'));
  if (whole === undefined) return undefined;
  // `fs.default.x` and `fs.promises.x`
  if (whole.name === '') return { module: whole.module, name: name === 'default' ? '' : name };
  return whole.name === 'promises' ? { module: `${whole.module}/promises`, name } : undefined;
}

function nameOfIdentifier(tools: Tools, node: number): ModuleName | undefined {
  const { ast, scope } = tools;
  const binding = scope.bindingOf(node);
  const [declaration = none] = binding?.declarations ?? [];
  if (binding === undefined || binding.declarations.length > 1) return undefined;
  const specifier = ast.parent(declaration);
  if (ast.is(specifier, 'ImportSpecifier', 'ImportDefaultSpecifier', 'ImportNamespaceSpecifier')) {
    const module = plainName(ast.value(ast.child(ast.parent(specifier), 'source')));
    const imported = ast.is(specifier, 'ImportSpecifier') ? ast.value(ast.child(specifier, 'imported')) : '';
    return { module, name: imported === 'default' ? '' : imported };
  }
  return scope.isReassigned(binding) ? undefined : nameOfVariable(tools, declaration);
}

/** `const fs = require('fs')`, `const { readFileSync: read } = require('fs')`, `const read = fs.readFileSync` */
function nameOfVariable(tools: Tools, declaration: number): ModuleName | undefined {
  const { ast } = tools;
  const parent = ast.parent(declaration);
  if (ast.is(parent, 'VariableDeclarator') && ast.field(declaration) === 'id') {
    const value = ast.child(parent, 'init');
    return value === none || ast.is(ast.withoutTypes(value), 'Identifier') ? undefined : moduleName(tools, value);
  }
  const pattern = ast.parent(parent);
  const declarator = ast.parent(pattern);
  if (!ast.is(parent, 'Property') || !ast.is(pattern, 'ObjectPattern') || !ast.is(declarator, 'VariableDeclarator'))
    return undefined;
  const whole = moduleName(tools, ast.child(declarator, 'init'));
  return whole?.name === '' ? { module: whole.module, name: ast.value(ast.child(parent, 'key')) } : undefined;
}

function requiredModule({ ast, scope }: Tools, node: number): string | undefined {
  if (!ast.is(node, 'CallExpression') || !scope.isGlobal(ast.child(node, 'callee'), 'require')) return undefined;
  const text = ast.string(ast.child(node, 'arguments'));
  return text === undefined ? undefined : plainName(text);
}

function plainName(module: string): string {
  return module.replace(/^node:/, '');
}
