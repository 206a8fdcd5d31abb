import type { RankedFunction } from './analysis-report.ts';
import { placeText } from './analysis-text.ts';
import { visibleLine } from '../visible-text.ts';

/** Head and rows of the table of functions. */
export function functionRows(functions: readonly RankedFunction[]): string[][] {
  const head = ['cost', 'lines', 'cyclomatic', 'cognitive', 'nesting', 'function', 'place'];
  const rows = functions.map(({ path, facts }) => [
    facts.cost,
    String(facts.lines),
    String(facts.cyclomatic),
    String(facts.cognitive),
    String(facts.nesting),
    visibleLine(facts.name),
    placeText(path, facts),
  ]);
  return [head, ...rows];
}
