import { type Ast, none } from '../ast.ts';
import { type Invariance, invarianceOf } from '../purity/invariance.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { regionsAround, statementAround } from '../idioms/repeated-region.ts';
import type { Scope } from '../scope/scope.ts';

interface Analysis {
  readonly ast: Ast;
  readonly scope: Scope;
  readonly evidence: Evidence;
}

/** Where a value that is made again and again from the same parts can be made once. */
export interface HoistingPlace {
  /** What is known about its parts over all those rounds. */
  readonly invariance: Invariance;
  /** The loop or callback that repeats it. */
  readonly region: number;
  /** Statement before which a variable for it can be declared, {@link none} when there is no room. */
  readonly statement: number;
}

/**
 * The outermost place for a value that `node` makes of `parts`; `undefined` when nothing repeats it, or when the parts depend
 * on the round.
 */
export function hoistingPlace(analysis: Analysis, node: number, parts: readonly number[]): HoistingPlace | undefined {
  const { ast, scope } = analysis;
  const kindIn = (region: number): Invariance['kind'] => invarianceOf(analysis, parts, region).kind;
  const sure = regionsAround(ast, node, (region) => !['opaque', 'varying'].includes(kindIn(region)));
  const [region] = sure.length > 0 ? sure : regionsAround(ast, node, (one) => kindIn(one) !== 'varying');
  if (region === undefined) return undefined;
  const roomy = sure.findLast((one) => statementAround(ast, one) !== none) ?? region;
  const statement = statementAround(ast, roomy);
  const isOwn = ast.enclosingFunction(statement) !== none || isOwnTopLevel(ast, scope);
  return { invariance: invarianceOf(analysis, parts, roomy), region: roomy, statement: isOwn ? statement : none };
}

/** `true` when names declared at the top of the file belong to it alone: in classic scripts, and UMD files are some, they meet those of others. */
export function isOwnTopLevel(ast: Ast, scope: Scope): boolean {
  if (ast.value(ast.root) === 'module') return true;
  const isAsked = ast
    .ofKind('UnaryExpression')
    .some((node) => ast.value(node) === 'typeof' && isCommonJs(ast.child(node, 'argument')));
  return (
    !isAsked &&
    ast.list(ast.root, 'body').some((statement) => isImport(statement) || isExport(ast.child(statement, 'expression')))
  );

  function isCommonJs(node: number): boolean {
    return ['require', 'module', 'exports'].some((name) => scope.isGlobal(node, name));
  }

  /** `const fs = require('fs')` */
  function isImport(statement: number): boolean {
    return ast
      .list(statement, 'declarations')
      .map((declarator) => ast.child(declarator, 'init'))
      .some((value) => ast.is(value, 'CallExpression') && scope.isGlobal(ast.child(value, 'callee'), 'require'));
  }

  /** `module.exports = …`, `exports.name = …` */
  function isExport(assignment: number): boolean {
    let target = ast.child(assignment, 'left');
    while (ast.is(target, 'MemberExpression')) target = ast.child(target, 'object');
    return ast.is(assignment, 'AssignmentExpression') && isCommonJs(target);
  }
}
