import { isStackOverflow } from '../shared/stack-overflow.ts';
import { Ast } from './ast.ts';
import { sortEdits, areDisjoint } from './edit.ts';
import { Evidence } from './evidence/evidence.ts';
import type { TypePort } from './evidence/type-port.ts';
import type { Finding, Tier } from './finding.ts';
import type { ParsePort } from './parse-port.ts';
import { Patterns } from './patterns.ts';
import { Purity } from './purity/purity.ts';
import { Rewriter } from './rewriting/rewriter.ts';
import type { Rule, RuleContext, RuleFinding } from './rule.ts';
import { mayMatchWithin } from './scope/last-match.ts';
import { type Binding, Scope } from './scope/scope.ts';
import { Suppressions } from './suppressions.ts';
import type { SyntaxTree } from './syntax-tree.ts';

/** A rule that threw on a file. */
export interface RuleFailure {
  readonly ruleId: string;
  readonly message: string;
}

/** A finding with the places whose meaning it took for granted. */
export interface FoundFinding {
  readonly finding: Finding;
  /** The node that was found. */
  readonly node: number;
  /** See `RuleFinding`. */
  readonly tierWhenMany?: Tier;
  /** Offsets of all uses of the bindings that the rewrite relies on. */
  readonly reliedOffsets: readonly number[];
}

/** Runs rules over one tree; a rule that throws is named in `failures` and its findings are dropped, the others go on. */
export function findFindings(
  tree: SyntaxTree,
  rules: readonly Rule[],
  parser: ParsePort,
  failures: RuleFailure[],
): FoundFinding[] {
  const tools = openTools(tree, parser);
  return findWithTools(tools, rules, new Suppressions(tools.ast), failures);
}

/** What is known about one tree; several passes over it share the work. */
export type RuleTools = Omit<RuleContext, 'report'>;

export function openTools(tree: SyntaxTree, parser: ParsePort, types?: TypePort): RuleTools {
  const ast = new Ast(tree);
  const scope = new Scope(ast);
  const evidence = new Evidence(ast, scope, types);
  const purity = new Purity(ast, scope, evidence);
  return { ast, scope, evidence, purity, rewrite: new Rewriter(ast, scope), patterns: new Patterns(ast, parser) };
}

/** Like {@link findFindings}, on tools that are open already. */
export function findWithTools(
  tools: RuleTools,
  rules: readonly Rule[],
  suppressions: Suppressions,
  failures: RuleFailure[],
): FoundFinding[] {
  const { ast, scope } = tools;
  const result: FoundFinding[] = [];
  for (const rule of rules) {
    const found: FoundFinding[] = [];
    const report = (finding: RuleFinding): void => {
      if (!suppressions.silences(rule.meta.id, finding.node)) found.push(complete(finding, rule, ast, scope));
    };
    const ctx: RuleContext = { ...tools, report };
    try {
      rule.find(ctx);
      result.push(...found);
    } catch (error) {
      if (isStackOverflow(error)) throw error;
      failures.push({ ruleId: rule.meta.id, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return result;
}

function complete(finding: RuleFinding, rule: Rule, ast: Ast, scope: Scope): FoundFinding {
  const edits = finding.edits === undefined ? undefined : sortEdits(finding.edits);
  const blockedBy =
    finding.blockedBy ?? (edits === undefined ? undefined : blockReason(edits, ast, scope, finding.node));
  const { start, end } = { start: ast.start(finding.node), end: ast.end(finding.node) };
  return {
    node: finding.node,
    ...(finding.tierWhenMany === undefined ? {} : { tierWhenMany: finding.tierWhenMany }),
    finding: {
      ruleId: rule.meta.id,
      start,
      end,
      message: finding.message,
      tier: finding.tier ?? rule.meta.tier,
      evidence: finding.evidence ?? [],
      ...(edits === undefined || blockedBy !== undefined ? {} : { edits }),
      ...(blockedBy === undefined ? {} : { blockedBy }),
      ...(finding.doubt === undefined ? {} : { doubt: finding.doubt }),
      complexity: finding.complexity ?? rule.meta.complexity,
    },
    reliedOffsets: reliedOffsetsOf(finding.relies ?? [], ast),
  };
}

function reliedOffsetsOf(relies: readonly Binding[], ast: Ast): readonly number[] {
  const [only, ...more] = relies;
  if (only !== undefined && more.length === 0) return usesOf(only, ast);
  return relies.flatMap((binding) => usesOf(binding, ast));
}

/** Many findings may rely on one binding: its offsets are gathered once. */
const knownUses = new WeakMap<Binding, readonly number[]>();

function usesOf(binding: Binding, ast: Ast): readonly number[] {
  const known = knownUses.get(binding);
  if (known !== undefined) return known;
  const offsets = binding.references.map((reference) => ast.start(reference.node));
  knownUses.set(binding, offsets);
  return offsets;
}

/** Why edits can't be applied whatever the rule says; comments inside replaced code must come back in the new text. */
function blockReason(edits: NonNullable<Finding['edits']>, ast: Ast, scope: Scope, node: number): string | undefined {
  if (ast.tree.source !== 'oxc') return 'the file has a syntax error';
  if (scope.isDynamic) return 'the file uses `with` or a direct `eval`';
  if (scope.readsLastMatch && mayMatchWithin(ast, node))
    return 'the file reads what the last match has left in RegExp, such as RegExp.$1';
  if (!areDisjoint(edits)) return 'its edits overlap';
  const kept = new Map<string, number>();
  for (const comment of ast.tree.comments) {
    const edit = edits.find((one) => comment.start < one.end && comment.end > one.start);
    if (edit === undefined) continue;
    const text = ast.text.slice(comment.start, comment.end);
    // the same comment may stand there more than once
    const left = kept.get(text) ?? commentsKept(text, edits, ast);
    if (left === 0) return 'a comment stands inside the code to be rewritten';
    kept.set(text, left - 1);
    if (!comment.block && !edit.text.includes(`${text}\n`) && !edit.text.includes(`${text}\r`))
      return 'a line comment stands inside the code to be rewritten';
  }
  if ([...kept.values()].some((left) => left > 0)) return 'a comment stands inside code that would be written twice';
  return undefined;
}

/** How often a comment comes back; 0 when a string of the replaced code has its text too, since it may be that which does. */
function commentsKept(text: string, edits: NonNullable<Finding['edits']>, ast: Ast): number {
  const replaced = edits.reduce((count, { start, end }) => count + occurrences(text, ast.text.slice(start, end)), 0);
  const comments = ast.tree.comments.filter(
    ({ start, end }) =>
      ast.text.slice(start, end) === text && edits.some((edit) => edit.start <= start && end <= edit.end),
  );
  if (replaced !== comments.length) return 0;
  return edits.reduce((count, edit) => count + occurrences(text, edit.text), 0);
}

function occurrences(part: string, text: string): number {
  return text.split(part).length - 1;
}
