import type { ReportedFinding } from '../../app/analyzed-file.ts';
import type { RankedFinding } from '../../app/rank-findings.ts';
import type { PlacedEdit, Range } from '../../engine/analysis/analysis.ts';
import type { AnalysisReport, AnalysisReportContext, RuleEntry } from './analysis-report.ts';
import { costText } from './analysis-text.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const levels = { error: 'error', warning: 'warning', info: 'note' } as const;
/** GitHub shows how many of a rule's findings are right by this word. */
const precisions = { certain: 'very-high', likely: 'high', possible: 'medium' } as const;

/** SARIF 2.1.0 with relative paths, fingerprints that survive moved code, and the rewrites as fixes; the worst findings first. */
export function sarifAnalysis(report: AnalysisReport, context: AnalysisReportContext): string {
  const rules = [...report.rules.values()];
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const driver = {
    name: 'booster',
    semanticVersion: context.version,
    rules: rules.map((rule) => ruleDescriptor(rule, context)),
  };
  const run = {
    tool: { driver },
    automationDetails: { id: 'booster/analyze/' },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'the folder that the paths are relative to' } } },
    invocations: [invocation(report, context)],
    results: report.ranked.map((one) => result(one, indices.get(one.finding.ruleId), context)),
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

function ruleDescriptor(
  { id, summary, why, remedy, level, group }: RuleEntry,
  { program }: AnalysisReportContext,
): unknown {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: `${remedy}. See \`${program} rule ${id}\`.` },
    defaultConfiguration: { level: levels[level] },
    properties: { tags: ['performance', group] },
  };
}

/** Files that could not be analysed: without them a report of nothing would look clean. */
function invocation({ files, summary }: AnalysisReport, { workspacePrefix }: AnalysisReportContext): unknown {
  const notifications = files.flatMap(({ path, reason }) =>
    reason === undefined
      ? []
      : [
          {
            level: 'error',
            message: { text: `${reason.message} (${reason.code})` },
            locations: [{ physicalLocation: { artifactLocation: location(workspacePrefix + path) } }],
          },
        ],
  );
  return { executionSuccessful: !summary.interrupted, toolExecutionNotifications: notifications };
}

function result(
  { path, finding }: RankedFinding,
  ruleIndex: number | undefined,
  context: AnalysisReportContext,
): unknown {
  const { ruleId, level, message, remedy, confidence, confidenceReason, evidence, complexity, fingerprint } = finding;
  const uri = context.workspacePrefix + path;
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[level],
    message: { text: `${message} (${costText(finding)}). ${remedy}.` },
    locations: [
      {
        physicalLocation: { artifactLocation: location(uri), region: region(finding) },
        ...(finding.functionName === undefined
          ? {}
          : { logicalLocations: [{ name: finding.functionName, kind: 'function' }] }),
      },
    ],
    partialFingerprints: { 'boosterFinding/v1': fingerprint },
    ...fixes(uri, finding),
    properties: { precision: precisions[confidence], confidence, confidenceReason, evidence, complexity },
  };
}

function fixes(uri: string, { edits, fixable, ruleId }: ReportedFinding): { readonly fixes?: unknown } {
  if (edits === undefined || fixable === undefined) return {};
  const replacements = edits.map((edit: PlacedEdit) => ({
    deletedRegion: region(edit),
    insertedContent: { text: edit.text },
  }));
  return {
    fixes: [
      {
        description: { text: `rewrite of ${ruleId} at level ${fixable}` },
        artifactChanges: [{ artifactLocation: location(uri), replacements }],
      },
    ],
  };
}

function location(path: string): unknown {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

function region({ line, column, endLine, endColumn }: Range): unknown {
  return { startLine: line, startColumn: column, endLine, endColumn };
}
