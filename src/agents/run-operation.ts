import { analyzeCode } from '../app/analyze-code.ts';
import type { AnalyzedCode } from '../app/analyze-code.ts';
import { applyEdit } from '../app/apply-edit.ts';
import type { AppliedCode } from '../app/apply-edit.ts';
import { optimizeCode } from '../app/optimize-code.ts';
import type { OptimizedCode } from '../app/optimize-code.ts';
import type { AnalyzePool, ApplyPool, OptimizePool } from '../app/pool-port.ts';
import { languageOfPath } from '../engine/language.ts';
import type { Language } from '../engine/language.ts';
import { BoosterError } from '../shared/errors.ts';
import type { AgentTask, AgentTaskKinds, AgentTaskType, AnalyzeInput, CodeInput, EditInput } from './agent-task.ts';
import type { RefactoredCode, RefactorInput } from './agent-task.ts';
import { generateTask } from './generate-task.ts';

/** What an operation runs with. */
export interface OperationContext {
  readonly pool: OptimizePool & ApplyPool & AnalyzePool;
  readonly signal?: AbortSignal;
}

export type Output = AgentTaskKinds[AgentTaskType]['output'];

/** Does a task that has been checked. @throws BoosterError of the operation and of the pool */
export async function runOperation(task: AgentTask, context: OperationContext): Promise<Output> {
  switch (task.type) {
    case 'code-generation':
      return generateTask(task.input, context);
    case 'code-optimization':
      return optimize(task.input as CodeInput, context);
    case 'performance-analysis':
      return analyze(task.input as AnalyzeInput, context);
    case 'wasm-acceleration':
      return apply(task.input as EditInput, context);
    case 'refactoring':
      return refactor(task.input as RefactorInput, context);
  }
}

const scriptLanguages: readonly string[] = ['javascript', 'jsx', 'typescript', 'tsx', 'dts'] satisfies Language[];

function optimize(input: CodeInput, context: OperationContext): Promise<OptimizedCode> {
  refuseOtherLanguage(input.language);
  return optimizeCode(input.code, { ...input, ...context });
}

function analyze({ code, ...options }: AnalyzeInput, context: OperationContext): Promise<AnalyzedCode> {
  refuseOtherLanguage(options.language);
  return analyzeCode(code, { ...options, ...context });
}

function refuseOtherLanguage(language: string | undefined): void {
  if (language === undefined || scriptLanguages.includes(language)) return;
  const known = scriptLanguages.join(', ');
  throw new BoosterError('E_AGENT_INPUT', `language ${JSON.stringify(language)} is not one of ${known}`);
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
