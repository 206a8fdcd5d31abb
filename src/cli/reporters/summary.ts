import type { PlacedFinding } from '../../engine/optimize.ts';
import { tableText } from '../table-text.ts';
import type { Reporter, ReporterContext } from './reporter.ts';
import { summaryText } from './summary-text.ts';

type Counts = Record<PlacedFinding['status'], number>;

/** One row per rule that found something, then the totals; nothing per file. */
export function summaryReporter(context: ReporterContext): Reporter {
  const { paint } = context.stdout;
  const byRule = new Map<string, Counts>();
  return {
    file(result) {
      for (const { ruleId, status } of result.findings) {
        const counts = byRule.get(ruleId) ?? { applied: 0, available: 0, manual: 0 };
        counts[status] += 1;
        byRule.set(ruleId, counts);
      }
    },
    end(summary) {
      const rows = [...byRule]
        .sort(([idA, a], [idB, b]) => b.applied - a.applied || (idA < idB ? -1 : 1))
        .map(([id, counts]) => [id, String(counts.applied), String(counts.available), String(counts.manual)]);
      if (rows.length > 0) {
        const header = ['rule', 'rewritten', 'at a higher level', 'by hand'];
        context.out(`${tableText([header, ...rows], { paintHeader: paint.bold })}\n`);
      }
      context.out(`${summaryText(summary, context.mode)}\n`);
    },
  };
}
