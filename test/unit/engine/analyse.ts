import { Ast } from '../../../src/engine/ast.ts';
import { Evidence } from '../../../src/engine/evidence/evidence.ts';
import type { Language } from '../../../src/engine/language.ts';
import { Patterns } from '../../../src/engine/patterns.ts';
import { Purity } from '../../../src/engine/purity/purity.ts';
import { Rewriter } from '../../../src/engine/rewriting/rewriter.ts';
import { Scope } from '../../../src/engine/scope/scope.ts';
import { loadOxc } from '../../../src/wasm/oxc-parser.ts';

export const parser = loadOxc({ memoryLimitBytes: 512 * 1024 * 1024 });

export interface Analysis {
  readonly ast: Ast;
  readonly scope: Scope;
  readonly evidence: Evidence;
  readonly purity: Purity;
  readonly rewrite: Rewriter;
  readonly patterns: Patterns;
  /** The innermost node whose source is exactly `source`; the `nth` of them, counted from 0. */
  at(source: string, nth?: number): number;
}

/** The engine's view of a text that must parse. */
export function analyse(text: string, language: Language = 'typescript'): Analysis {
  const tree = parser.parse(text, language);
  if (tree.problems.length > 0) throw new SyntaxError(`${tree.problems[0]?.message ?? ''} in ${text}`);
  const ast = new Ast(tree);
  const scope = new Scope(ast);
  const evidence = new Evidence(ast, scope);
  const purity = new Purity(ast, scope, evidence);
  return {
    ast,
    scope,
    evidence,
    purity,
    rewrite: new Rewriter(ast, scope),
    patterns: new Patterns(ast, parser),
    at(source, nth = 0) {
      const found: number[] = [];
      for (let node = 0; node < tree.count; node += 1) {
        const isInnermost = !ast.children(node).some((child) => ast.source(child) === source);
        if (ast.source(node) === source && isInnermost) found.push(node);
      }
      const node = found[nth];
      if (node === undefined) throw new Error(`no node for ${source}`);
      return node;
    },
  };
}
