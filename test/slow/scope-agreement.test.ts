import { readFileSync } from 'node:fs';
import { parseForESLint } from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';
import { Ast } from '../../src/engine/ast.ts';
import { languageOfPath } from '../../src/engine/language.ts';
import { Scope } from '../../src/engine/scope/scope.ts';
import { loadOxc } from '../../src/wasm/oxc-parser.ts';
import { corpusPackages, listSources, sourceFolder } from './corpus-packages.ts';

const parser = loadOxc({ memoryLimitBytes: 512 * 1024 * 1024 });

const typeDefinitions: ReadonlySet<string> = new Set(['Type']);

interface Use {
  /** Offsets of the declarations, `''` for a name that the file does not declare. */
  readonly declarations: string;
  readonly access: string;
  /** What the other analysis says of it. */
  readonly about: string;
}

function ownUses(ast: Ast, scope: Scope): Map<number, Use> {
  const uses = new Map<number, Use>();
  for (let node = 0; node < ast.tree.count; node += 1) {
    const binding = scope.bindingOf(node);
    if (binding === undefined && scope.isGlobal(node))
      uses.set(ast.start(node), { declarations: '', access: 'any', about: '' });
    for (const { node: at, read, write, init } of binding?.declarations[0] === node ? binding.references : []) {
      // values that parameters and catch clauses get from outside are no references for the others
      const isFromOutside = init && !read && ['parameter', 'catch'].includes(binding?.kind ?? '');
      if (!isFromOutside || !uses.has(ast.start(at)))
        uses.set(ast.start(at), {
          declarations: sorted(binding?.declarations.map((one) => ast.start(one)) ?? []),
          access: `${read ? 'r' : ''}${write ? 'w' : ''}`,
          about: isFromOutside ? 'from outside' : '',
        });
    }
  }
  return uses;
}

function sorted(offsets: readonly number[]): string {
  return [...offsets].sort((a, b) => a - b).join(' ');
}

function theirUses(text: string, path: string): Map<number, Use> {
  const { scopeManager } = parseForESLint(text, {
    range: true,
    sourceType: 'module',
    jsDocParsingMode: 'none',
    ecmaFeatures: { jsx: /x$/.test(path) },
  });
  const uses = new Map<number, Use>();
  for (const scope of scopeManager.scopes) {
    for (const reference of scope.references) {
      if (!reference.isValueReference) continue;
      const values = reference.resolved?.defs.filter((definition) => !typeDefinitions.has(definition.type)) ?? [];
      const offset = reference.identifier.range[0];
      const before = uses.get(offset);
      const access = `${reference.isRead() ? 'r' : ''}${reference.isWrite() ? 'w' : ''}`;
      uses.set(offset, {
        declarations: sorted(values.map((definition) => definition.name.range[0])),
        access: before === undefined || before.access === access ? access : 'rw',
        about: reference.resolved?.defs[0]?.type ?? '',
      });
    }
  }
  return uses;
}

/** Differences that are meant: offsets of names that stand for no value, with the reason. */
function exceptions(ast: Ast, scope: Scope): Map<number, string> {
  const found = new Map<number, string>();
  for (const node of ast.ofKind('Identifier')) {
    let name = node;
    while (ast.field(name) === 'object') name = ast.parent(name);
    const parent = ast.parent(name);
    if (ast.is(parent, 'TSTypePredicate'))
      found.set(ast.start(node), 'predicates name parameters, but evaluate nothing');
    if (ast.field(name) === 'key' && ast.is(parent, 'TSPropertySignature', 'TSMethodSignature'))
      found.set(ast.start(node), 'keys of interfaces evaluate nothing');
    if (ast.is(parent, 'ExportSpecifier'))
      found.set(ast.start(node), 'a name that is exported as a type counts as used');
    if (ast.value(node) === 'arguments')
      found.set(ast.start(node), 'every function has its own: no variable, no global');
    if (ast.is(parent, 'TSTypeQuery') && scope.isGlobal(node))
      found.set(ast.start(node), 'parameters of function types have no values');
  }
  return found;
}

describe('scope', () => {
  it.each(corpusPackages)('agrees with the scope analysis of typescript-eslint about every name in %s', (name) => {
    const folder = sourceFolder(name);
    const differences: string[] = [];
    let compared = 0;
    for (const path of listSources(folder)) {
      const text = readFileSync(`${folder}/${path}`, 'utf8').replace(/^\uFEFF/, '');
      const ast = new Ast(parser.parse(text, languageOfPath(path) ?? 'typescript'));
      const scope = new Scope(ast);
      const [own, others, meant] = [ownUses(ast, scope), theirUses(text, path), exceptions(ast, scope)];
      for (const offset of new Set([...own.keys(), ...others.keys()])) {
        const [mine, theirs] = [own.get(offset), others.get(offset)];
        compared += 1;
        const isSame =
          theirs === undefined
            ? mine?.about === 'from outside'
            : mine?.declarations === theirs.declarations && (mine.access === theirs.access || mine.access === 'any');
        if (isSame || meant.has(offset)) continue;
        differences.push(
          `${path}:${String(offset)} ${text.slice(offset, offset + 30)} ${JSON.stringify({ mine, theirs })}`,
        );
      }
    }
    expect(compared).toBeGreaterThan(1000);
    expect(differences).toEqual([]);
  });
});
