export type { AgentMetrics } from './agents/agent-metrics.ts';
export type { CodeBoosterAgentOptions } from './agents/agent-options.ts';
export type { AgentProfile, BrokenProfile } from './agents/agent-profile.ts';
export type {
  AgentResult,
  AgentTask,
  AgentTaskKinds,
  AgentTaskType,
  AnalyzeInput,
  CodeInput,
  EditInput,
  RefactoredCode,
  RefactorInput,
  TaskOptions,
  TaskRun,
} from './agents/agent-task.ts';
export type { GeneratedTask, GenerateInput } from './agents/generate-task.ts';
export { AgentBoosterWrapper } from './agents/AgentBoosterWrapper.ts';
export type {
  AgentBoosterEvents,
  AgentBoosterOptions,
  AgentPool,
  WrapperResult,
} from './agents/AgentBoosterWrapper.ts';
export { BoosterAgentRegistry } from './agents/BoosterAgentRegistry.ts';
export type {
  RegisteredAgent,
  RegistryEvents,
  RegistryMetrics,
  RegistryOptions,
} from './agents/BoosterAgentRegistry.ts';
export type { ProcessPart } from './agents/registry-outside.ts';
export { CodeBoosterAgent } from './agents/CodeBoosterAgent.ts';
export type { AgentEvents } from './agents/CodeBoosterAgent.ts';
export { analyzeCode } from './app/analyze-code.ts';
export type { AnalyzeCodeOptions, AnalyzedCode } from './app/analyze-code.ts';
export { applyEdit } from './app/apply-edit.ts';
export type { AppliedCode, ApplyEditOptions } from './app/apply-edit.ts';
export { generateCode } from './app/generate-code.ts';
export type { GenerateCodeOptions } from './app/generate-code.ts';
export { optimizeCode } from './app/optimize-code.ts';
export type { OptimizeCodeOptions, OptimizedCode } from './app/optimize-code.ts';
export type { AnalyzePool, ApplyPool, OptimizePool } from './app/pool-port.ts';
export type { GeneratedCode, GeneratedContents } from './app/run-generator.ts';
export type { AnalysisFinding, Confidence, FunctionFacts, Level } from './engine/analysis/analysis.ts';
export type { Edit } from './engine/edit.ts';
export type { Complexity, Tier } from './engine/finding.ts';
export type { Language } from './engine/language.ts';
export type {
  EditForm,
  MergeEngine,
  Merged,
  MergeRequest,
  MergeResult,
  Place,
  Refusal,
  Strictness,
} from './engine/merge/merge.ts';
export type { SourceLanguage } from './engine/merge/source-language.ts';
export type { OptimizeRequest, OptimizeResult, PlacedFinding } from './engine/optimize.ts';
export type { AgentPresence } from './records/agent-presence.ts';
export { WASMInstanceManager } from './pool/WASMInstanceManager.ts';
export type { ExecuteOptions, ShutdownOptions } from './pool/WASMInstanceManager.ts';
export type { PoolEvents } from './pool/pool-events.ts';
export type { PoolOptions } from './pool/pool-options.ts';
export type { PoolStatus } from './pool/pool-status.ts';
export { BoosterError, errorTable, isBoosterError } from './shared/errors.ts';
export type { ErrorCode, ErrorInfo } from './shared/errors.ts';
