import { applyEdit } from '../app/apply-edit.ts';
import type { AppliedCode } from '../app/apply-edit.ts';
import { optimizeCode } from '../app/optimize-code.ts';
import type { ApplyPool, OptimizePool } from '../app/pool-port.ts';
import { languageOfPath } from '../engine/language.ts';
import type { Language } from '../engine/language.ts';
import { BoosterError } from '../shared/errors.ts';
import type { AgentTask, AgentTaskKinds, AgentTaskType, CodeAnalysis, CodeInput, EditInput } from './agent-task.ts';
import type { RefactoredCode, RefactorInput } from './agent-task.ts';

/** What an operation runs with. */
export interface OperationContext {
  readonly pool: OptimizePool & ApplyPool;
  readonly signal?: AbortSignal;
}

export type Output = AgentTaskKinds[AgentTaskType]['output'];

/** Does a task that has been checked. @throws BoosterError of the operation and of the pool */
export function runOperation(task: AgentTask, context: OperationContext): Promise<Output> {
  switch (task.type) {
    case 'code-optimization':
      return optimize(task.input as CodeInput, context);
    case 'performance-analysis':
      return analyze(task.input as CodeInput, context);
    case 'wasm-acceleration':
      return apply(task.input as EditInput, context);
    case 'refactoring':
      return refactor(task.input as RefactorInput, context);
  }
}

const scriptLanguages: readonly string[] = ['javascript', 'jsx', 'typescript', 'tsx', 'dts'] satisfies Language[];

function optimize(input: CodeInput, context: OperationContext) {
  const { code, language } = input;
  if (language !== undefined && !scriptLanguages.includes(language)) {
    const known = scriptLanguages.join(', ');
    throw new BoosterError('E_AGENT_INPUT', `language ${JSON.stringify(language)} is not one of ${known}`);
  }
  return optimizeCode(code, { ...input, ...context });
}

async function analyze(input: CodeInput, context: OperationContext): Promise<CodeAnalysis> {
  const { code, ...options } = input;
  const { status, findings, reason } = await optimizeCode(code, { ...options, ...context, findOnly: true });
  return { status: status === 'refused' ? status : 'analyzed', findings, ...(reason && { reason }) };
}

function apply(
  { code, edit, language, filename, strictness }: EditInput,
  context: OperationContext,
): Promise<AppliedCode> {
  return applyEdit({
    ...{ code, edit, ...context },
    ...(language === undefined ? {} : { language }),
    ...(filename === undefined ? {} : { filename }),
    ...(strictness === undefined ? {} : { strictness }),
  });
}

/** The edit first, then what is slow in the result; a refusal of either leaves the code as it was. */
async function refactor(input: RefactorInput, context: OperationContext): Promise<RefactoredCode> {
  const { level = 'safe', code } = input;
  const merged = await apply(input, context);
  if (merged.status === 'refused') {
    return { status: 'refused', code, reason: { code: merged.refusal.code, message: merged.refusal.message } };
  }
  const language = scriptLanguageOf(input);
  if (language === undefined) return { status: changeOf(code, merged.code), code: merged.code, merged, findings: [] };
  const optimized = await optimizeCode(merged.code, { ...context, language, level });
  if (optimized.status === 'refused') {
    const { reason = { code: 'E_INTERNAL', message: 'refused without a reason' } } = optimized;
    return { status: 'refused', code, reason };
  }
  const { findings } = optimized;
  return { status: changeOf(code, optimized.code), code: optimized.code, merged, findings };
}

function changeOf(before: string, after: string): 'refactored' | 'unchanged' {
  return before === after ? 'unchanged' : 'refactored';
}

const scriptNames: Readonly<Record<string, Language>> = {
  javascript: 'javascript',
  js: 'jsx',
  jsx: 'jsx',
  typescript: 'typescript',
  ts: 'typescript',
  tsx: 'tsx',
};

function scriptLanguageOf({ language, filename }: RefactorInput): Language | undefined {
  if (language !== undefined) return scriptNames[language.toLowerCase()];
  return filename === undefined ? undefined : languageOfPath(filename);
}
