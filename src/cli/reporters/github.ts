import type { FileResult } from '../../app/file-result.ts';
import type { PlacedFinding } from '../../engine/optimize.ts';
import { measuredText } from './finding-text.ts';
import type { Reporter, ReporterContext } from './reporter.ts';
import { nextCommand, summaryText } from './summary-text.ts';
import { workflowCommand } from './workflow-command.ts';

/** Workflow commands: GitHub shows them as annotations beside the changed lines. */
export function githubReporter(context: ReporterContext): Reporter {
  return {
    file(result) {
      const file = context.workspacePrefix + result.path;
      const commands = result.findings.map((finding) => findingCommand(file, finding, context));
      commands.push(...troubleCommands(file, result));
      context.out(commands.join(''));
    },
    end(summary) {
      // GitHub has no annotation for totals, and shows ten annotations of a kind at most: these lines are for its log.
      if (context.quiet) return;
      const next = nextCommand(summary, context);
      context.err(`${summaryText(summary, context.mode)}\n${next === undefined ? '' : `${next}\n`}`);
    },
  };
}

function findingCommand(file: string, finding: PlacedFinding, context: ReporterContext): string {
  const { before, after } = finding.complexity;
  const facts = [before === after ? undefined : `${before} → ${after}`, measuredText(finding.ruleId, context.measured)];
  if (finding.status === 'available') facts.push(`rewritten with --level ${finding.tier}`);
  if (finding.status === 'manual') facts.push(`left alone: ${finding.blockedBy ?? 'a person must decide'}`);
  const known = facts.filter((fact) => fact !== undefined);
  const message = finding.message + (known.length === 0 ? '' : ` (${known.join('; ')})`);
  const properties = {
    file,
    line: finding.line,
    col: finding.column,
    title: `booster ${finding.ruleId} [${finding.tier}]`,
  };
  return workflowCommand(finding.status === 'applied' ? 'warning' : 'notice', properties, message);
}

function troubleCommands(file: string, result: FileResult): string[] {
  const commands = result.failedRules.map(({ ruleId, message }) =>
    workflowCommand('error', { file, title: 'E_RULE_FAILED' }, `rule ${ruleId} failed and was skipped: ${message}`),
  );
  const { reason } = result;
  if (reason !== undefined) {
    const place = reason.line === undefined ? {} : { line: reason.line };
    commands.push(workflowCommand('error', { file, ...place, title: reason.code }, reason.message));
  }
  return commands;
}
