import { none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';
import type { LineIndex } from '../line-index.ts';
import type { FunctionFacts, Range } from './analysis.ts';
import { complexities } from './complexity.ts';
import { costClasses, costClassOf } from './cost-class.ts';
import { functionName } from './function-name.ts';

/** The functions of a file in source order. */
export interface FunctionTable {
  readonly functions: readonly FunctionFacts[];
  /** Index of the innermost function around a node, or the node itself; `undefined` at top level. */
  indexAround(node: number): number | undefined;
}

export function functionTable(tools: Pick<RuleTools, 'ast' | 'scope'>, lines: LineIndex): FunctionTable {
  const { ast } = tools;
  const costs = costClasses(tools);
  const indices = new Map<number, number>();
  const functions: FunctionFacts[] = [];
  for (const [fn, complexity] of complexities(ast)) {
    // declarations without a body, e.g. of overloads
    if (ast.child(fn, 'body') === none) continue;
    const range = rangeOf(ast.start(fn), ast.end(fn), lines);
    const { text: cost, degree: costDegree } = costClassOf(costs, fn);
    indices.set(fn, functions.length);
    functions.push({
      name: functionName(ast, fn),
      ...range,
      lines: range.endLine - range.line + 1,
      ...complexity,
      cost,
      costDegree,
    });
  }
  return {
    functions,
    indexAround(node) {
      let at = node;
      while (at !== none && !indices.has(at)) at = ast.parent(at);
      return indices.get(at);
    },
  };
}

/** The place of a range of offsets. */
export function rangeOf(start: number, end: number, lines: LineIndex): Range {
  const from = lines.place(start);
  const to = lines.place(end);
  return { start, end, ...from, endLine: to.line, endColumn: to.column };
}
