import type { AnalyzeCodeOptions, AnalyzedCode } from '../app/analyze-code.ts';
import type { AppliedCode, ApplyEditOptions } from '../app/apply-edit.ts';
import type { OptimizeCodeOptions, OptimizedCode } from '../app/optimize-code.ts';
import type { Tier } from '../engine/finding.ts';
import type { PlacedFinding } from '../engine/optimize.ts';
import type { Priority } from '../pool/task-queue.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { GeneratedTask, GenerateInput } from './generate-task.ts';

/** What an agent can be asked for, as it stands in tasks, profiles and capabilities. */
export const agentTaskTypes = [
  'code-generation',
  'code-optimization',
  'performance-analysis',
  'wasm-acceleration',
  'refactoring',
] as const;

export type AgentTaskType = (typeof agentTaskTypes)[number];

/** Code to optimise. */
export interface CodeInput extends Pick<OptimizeCodeOptions, 'language' | 'filename' | 'level' | 'rules' | 'node'> {
  readonly code: string;
}

/** Code to look at. */
export interface AnalyzeInput extends Omit<AnalyzeCodeOptions, 'pool' | 'signal'> {
  readonly code: string;
}

/** An edit to merge into code. */
export type EditInput = Pick<ApplyEditOptions, 'code' | 'edit' | 'language' | 'filename' | 'strictness'>;

/** An edit to merge, and a level at which the result is then optimised. */
export type RefactorInput = EditInput & { readonly level?: Tier };

/** What became of a refactoring: all of it, or nothing. */
export type RefactoredCode =
  | {
      readonly status: 'refactored' | 'unchanged';
      readonly code: string;
      /** How the edit was merged. */
      readonly merged: Extract<AppliedCode, { readonly status: 'applied' | 'unchanged' }>;
      /** What was found in the merged text; those that are `applied` are rewritten in `code`. Empty for other languages. */
      readonly findings: readonly PlacedFinding[];
    }
  | {
      readonly status: 'refused';
      /** The given text, character for character. */
      readonly code: string;
      readonly reason: { readonly code: string; readonly message: string };
    };

/** What goes into a task of each type, and what comes out of it. */
export interface AgentTaskKinds {
  readonly 'code-generation': { readonly input: GenerateInput; readonly output: GeneratedTask };
  readonly 'code-optimization': { readonly input: CodeInput; readonly output: OptimizedCode };
  readonly 'performance-analysis': { readonly input: AnalyzeInput; readonly output: AnalyzedCode };
  readonly 'wasm-acceleration': { readonly input: EditInput; readonly output: AppliedCode };
  readonly refactoring: { readonly input: RefactorInput; readonly output: RefactoredCode };
}

export interface AgentTask<Type extends AgentTaskType = AgentTaskType> {
  readonly type: Type;
  /** For people: shown in events and lists. A `code-generation` that names no generator is told by it what to generate. */
  readonly description?: string;
  readonly input: AgentTaskKinds[Type]['input'];
  /** Default `normal`. */
  readonly priority?: Priority;
}

/** What every call of an agent can say. */
export interface TaskOptions {
  /** Milliseconds for waiting and running together; default: the agent's `timeout`. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly priority?: Priority;
  /** Whose work it is: among equally urgent tasks, callers take turns. */
  readonly caller?: string;
}

/** How a task ran. */
export interface TaskRun {
  /** It was answered from the memory of earlier results. */
  readonly isCached: boolean;
  /** It was done in another way than it should have been: the code that says why. */
  readonly fellBack?: ErrorCode;
  /** Milliseconds from being taken on until the end; of a cached result, those of looking it up. */
  readonly runMs: number;
}

/** How a task ended. It ends once. */
export interface AgentResult<Type extends AgentTaskType = AgentTaskType> {
  readonly taskId: string;
  readonly type: Type;
  /** Who did it, or failed at it last. Absent when no agent took it. */
  readonly agent?: { readonly id: string; readonly name: string };
  /** `refused`: understood, and left alone for `error`, which is an answer too · `failed`: `error` says why. */
  readonly status: 'done' | 'refused' | 'failed';
  /** With `failed`, absent. */
  readonly output?: AgentTaskKinds[Type]['output'];
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string };
  readonly run?: TaskRun;
  /** Milliseconds that it waited for its agent. */
  readonly waitMs: number;
  /** It was tried once more on another agent, after this code. */
  readonly retriedAfter?: ErrorCode;
}
