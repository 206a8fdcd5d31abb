import { Ast } from '../ast.ts';
import type { FoundFinding } from '../find-findings.ts';
import { findingKey } from '../finding-key.ts';
import { repeatedRegion } from '../idioms/repeated-region.ts';
import type { Rule } from '../rule.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import type { RoundPlaces } from './rounds.ts';

/** Places for findings of rules with a break-even number of rounds, by the keys of the findings; of a text without edits. */
export function roundQuestions(
  found: readonly FoundFinding[],
  rules: readonly Rule[],
  tree: SyntaxTree,
): Record<string, RoundPlaces> {
  const ids = new Set(rules.filter(({ meta }) => meta.breakEvenOf === 'rounds').map(({ meta }) => meta.id));
  const wanted = found.filter(({ finding }) => ids.has(finding.ruleId) && finding.edits !== undefined);
  if (wanted.length === 0) return {};
  const ast = new Ast(tree);
  return Object.fromEntries(wanted.map(({ finding, node }) => [findingKey(finding), roundPlaces(ast, node)]));
}

function roundPlaces(ast: Ast, node: number): RoundPlaces {
  const inner = ast.start(node);
  let region = repeatedRegion(ast, node);
  if (region < 0) return { inner };
  const near = outside(ast, region);
  let far = near;
  for (; region >= 0; region = repeatedRegion(ast, region)) far = outside(ast, region);
  return { inner, near, far };
}

/** A loop statement and a call start in the block around them, which V8 counts by itself. */
function outside(ast: Ast, region: number): number {
  return ast.start(ast.isFunction(region) ? ast.parent(region) : region);
}
