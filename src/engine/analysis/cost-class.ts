import { type Ast, none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';
import { type Iteration, isPath, isSameInAllRounds, iterationOf, sizeName } from './iteration.ts';
import { repeatedRegion } from '../idioms/repeated-region.ts';

/** How the work of a function grows, as far as its own text tells. */
export interface CostClass {
  /** `O(1)`, `O(users)`, `O(users · orders)`; `Σ` marks parts that all together are as many as their owners hold. */
  readonly text: string;
  /** Collections that multiply each other. */
  readonly degree: number;
}

/** A factor of a cost: the size of what is gone over. */
interface Factor {
  readonly name: string;
  /** Parts of what an outer iteration goes over (`for (const cell of row.cells)`): they add up, and do not multiply. */
  readonly isPart: boolean;
}

const constant: CostClass = { text: 'O(1)', degree: 0 };

/** Deeper nests are cut: nobody reads ten factors. */
const maximumFactors = 8;

/** Costs of all functions of a file, by the node of the function that is called; callbacks of iterations count for it. */
export function costClasses(tools: Pick<RuleTools, 'ast' | 'scope'>): Map<number, CostClass> {
  const { ast } = tools;
  const costs = new Map<number, CostClass>();
  const depths = new Map<number, number>();
  const nests = new Map<number, readonly Factor[]>();
  for (const region of regionsOf(ast)) {
    const outer = repeatedRegion(ast, region);
    const factors = [...(nests.get(outer) ?? []), ...factorOf(tools, iterationOf(tools, region), outer)];
    nests.set(region, factors.slice(0, maximumFactors));
    const cost = costOf(factors);
    for (const fn of functionsOf(ast, region)) {
      const known = costs.get(fn);
      // of equal growth the deeper nest says more: all cells of all rows
      const isDeeper = cost.degree === known?.degree && factors.length > (depths.get(fn) ?? 0);
      if (known !== undefined && cost.degree <= known.degree && !isDeeper) continue;
      costs.set(fn, cost);
      depths.set(fn, factors.length);
    }
  }
  return costs;
}

/** The cost of a function; those without any iteration are not in the table. */
export function costClassOf(costs: ReadonlyMap<number, CostClass>, fn: number): CostClass {
  return costs.get(fn) ?? constant;
}

/** Loops, and functions that iterations call back, outer ones first. */
function regionsOf(ast: Ast): number[] {
  const kinds = ['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement'];
  const loops = kinds.flatMap((kind) => ast.ofKind(kind));
  const functions = ['ArrowFunctionExpression', 'FunctionExpression'].flatMap((kind) => ast.ofKind(kind));
  const callbacks = functions.filter((fn) => repeatedRegion(ast, ast.child(fn, 'body')) === fn);
  return [...loops, ...callbacks].sort((a, b) => a - b);
}

/** The called function around a region, and the callbacks between the two. */
function functionsOf(ast: Ast, region: number): number[] {
  const result: number[] = [];
  for (let at = ast.enclosingFunction(region); at !== none; at = ast.enclosingFunction(at)) {
    result.push(at);
    if (repeatedRegion(ast, ast.child(at, 'body')) !== at) break;
  }
  return result;
}

function factorOf(
  tools: Pick<RuleTools, 'ast' | 'scope'>,
  { subject, isShort }: Iteration,
  outer: number,
): readonly Factor[] {
  if (isShort) return [];
  const name = subject === none ? 'rounds' : sizeName(tools.ast, subject);
  const isPart =
    outer !== none && subject !== none && isPath(tools.ast, subject) && !isSameInAllRounds(tools, subject, outer);
  return [{ name, isPart }];
}

function costOf(factors: readonly Factor[]): CostClass {
  const degree = factors.filter(({ isPart }) => !isPart).length;
  if (factors.length === 0) return constant;
  // parts of the collection before them stand for it: all cells of all rows
  const names = factors
    .filter((_, index) => factors[index + 1]?.isPart !== true)
    .map(({ name, isPart }) => (isPart ? `Σ ${name}` : name));
  return { text: `O(${powers(names)})`, degree };
}

/** `xs · xs` is `xs²`. */
function powers(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : name + superscript(count))).join(' · ');
}

function superscript(count: number): string {
  return String(count).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)));
}
