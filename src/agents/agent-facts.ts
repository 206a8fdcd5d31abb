import type { RunFacts } from '../app/run-facts.ts';
import { languageOfPath } from '../engine/language.ts';
import { hashOf } from '../files/read-source.ts';
import type { AgentResult, AgentTask } from './agent-task.ts';

/** What is recorded of a task: sizes, hashes, how it ended. Never the code itself. */
export function agentFacts(task: AgentTask, { status, output, error, run, waitMs, type }: AgentResult): RunFacts {
  // a task that failed may hold anything
  const input = { ...(task.input as object) } as Readonly<Record<string, unknown>>;
  const [filename, language, before] = ['filename', 'language', 'code'].map((name) => textIn(input, name));
  const told = language ?? (filename === undefined ? undefined : languageOfPath(filename));
  const after = output === undefined ? undefined : textIn(output, 'code');
  const isChanged = after !== undefined && before !== undefined && after !== before;
  const rules = rulesOf(output);
  return {
    ...(filename !== undefined && { file: filename }),
    ...(told !== undefined && { language: told }),
    status: status === 'done' ? doneStatus(type, isChanged) : status,
    ...(error !== undefined && { code: error.code }),
    ...(rules.length > 0 && { rules }),
    engine: type,
    ...(run?.fellBack !== undefined && { fellBack: run.fellBack }),
    ...(run?.isCached === true && { cached: true }),
    ...(before !== undefined && { bytesBefore: Buffer.byteLength(before), hashBefore: hashOf(Buffer.from(before)) }),
    ...(isChanged && { bytesAfter: Buffer.byteLength(after), hashAfter: hashOf(Buffer.from(after)) }),
    durationMs: waitMs + (run?.runMs ?? 0),
  };
}

function doneStatus(type: AgentTask['type'], isChanged: boolean): RunFacts['status'] {
  if (type === 'performance-analysis') return 'analyzed';
  return isChanged || type === 'code-generation' ? 'changed' : 'unchanged';
}

function rulesOf(output: AgentResult['output']): string[] {
  if (output === undefined || !('findings' in output)) return [];
  const applied = output.findings.filter((finding) => !('status' in finding) || finding.status === 'applied');
  return [...new Set(applied.map(({ ruleId }) => ruleId))];
}

function textIn(value: object, name: string): string | undefined {
  const text: unknown = Reflect.get(value, name);
  return typeof text === 'string' ? text : undefined;
}
