import type { FlameNode } from '../../profile/flame-tree.ts';
import type { AnalysisReport } from '../analysis-reporters/analysis-report.ts';
import { costText } from '../analysis-reporters/analysis-text.ts';

/** A frame of the flame graph, with short names: there may be thousands. */
interface PageFrame {
  /** Name of the function. */
  readonly n: string;
  /** Path and line, for code of the working directory. */
  readonly p?: string;
  readonly l?: number;
  /** Total and own time in microseconds. */
  readonly t: number;
  readonly s: number;
  /** There are findings in the function itself. */
  readonly f?: true;
  readonly c: readonly PageFrame[];
}

/** Most functions that the page lists. */
const mostFunctions = 1_000;

/** Everything that the page shows, as JSON. */
export function pageData(report: AnalysisReport): Record<string, unknown> {
  const { ranked, html, files, summary } = report;
  const found = placesOfFindings(report);
  return {
    measured: summary.measurement !== undefined,
    findings: ranked.map(({ path, finding }) => ({
      path,
      line: finding.line,
      column: finding.column,
      endLine: finding.endLine,
      rule: finding.ruleId,
      level: finding.level,
      message: finding.message,
      cost: costText(finding),
      sure: `${finding.confidence}, ${finding.confidenceReason}`,
      remedy: finding.remedy,
      heat: finding.measured?.heat,
      share: finding.measured?.share,
      runs: finding.measured?.runs?.count,
      saving: finding.measured?.saving?.share,
      isBound: finding.measured?.saving !== undefined && finding.measured.saving.ratio === undefined,
    })),
    functions: files
      .flatMap(({ path, functions }) => functions.map((facts) => ({ path, facts })))
      .sort(
        (a, b) =>
          (b.facts.measured?.share ?? 0) - (a.facts.measured?.share ?? 0) ||
          b.facts.costDegree - a.facts.costDegree ||
          b.facts.cognitive - a.facts.cognitive,
      )
      .slice(0, mostFunctions)
      .map(({ path, facts }) => ({
        path,
        name: facts.name,
        line: facts.line,
        lines: facts.lines,
        cyclomatic: facts.cyclomatic,
        cognitive: facts.cognitive,
        nesting: facts.nesting,
        cost: facts.cost,
        degree: facts.costDegree,
        share: facts.measured?.share,
        calls: facts.measured?.runs?.calls,
      })),
    sources: Object.fromEntries(html?.sources ?? []),
    flame: html?.flame === undefined ? undefined : pageFrame(html.flame, html.pathOf, found),
  };
}

function pageFrame(
  node: FlameNode,
  pathOf: (url: string) => string | undefined,
  found: ReadonlySet<string>,
): PageFrame {
  const path = node.place === undefined ? undefined : pathOf(node.place.url);
  const line = node.place?.line;
  return {
    n: node.name,
    ...(path === undefined || line === undefined ? {} : { p: path, l: line }),
    t: Math.round(node.totalMicros),
    s: Math.round(node.selfMicros),
    ...(path !== undefined && found.has(`${path}:${String(line)}`) ? { f: true } : {}),
    c: node.children.map((child) => pageFrame(child, pathOf, found)),
  };
}

/** First lines of the functions that have findings. */
function placesOfFindings({ files }: AnalysisReport): Set<string> {
  const places = new Set<string>();
  for (const { path, findings, functions } of files) {
    for (const { functionIndex } of findings) {
      const facts = functionIndex === undefined ? undefined : functions[functionIndex];
      if (facts !== undefined) places.add(`${path}:${String(facts.line)}`);
    }
  }
  return places;
}
