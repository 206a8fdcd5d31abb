import type { RankedFunction } from './analysis-report.ts';
import { callsText, shareText } from './measured-text.ts';
import { placeText } from './analysis-text.ts';
import { visibleLine } from '../visible-text.ts';

/** Head and rows of the table of functions. */
export function functionRows(functions: readonly RankedFunction[]): string[][] {
  const isMeasured = functions.some(({ facts }) => facts.measured !== undefined);
  const head = [
    ...(isMeasured ? ['time', 'calls'] : []),
    'cost',
    'lines',
    'cyclomatic',
    'cognitive',
    'nesting',
    'function',
    'place',
  ];
  const rows = functions.map(({ path, facts }) => [
    ...(isMeasured ? [shareText(facts.measured?.share), callsText(facts.measured)] : []),
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
