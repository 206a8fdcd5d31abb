export { applyEdit } from './app/apply-edit.ts';
export type { AppliedCode, ApplyEditOptions } from './app/apply-edit.ts';
export { optimizeCode } from './app/optimize-code.ts';
export type { OptimizeCodeOptions, OptimizedCode } from './app/optimize-code.ts';
export type { ApplyPool, OptimizePool } from './app/pool-port.ts';
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
export { WASMInstanceManager } from './pool/WASMInstanceManager.ts';
export type { ExecuteOptions, ShutdownOptions } from './pool/WASMInstanceManager.ts';
export type { PoolEvents } from './pool/pool-events.ts';
export type { PoolOptions } from './pool/pool-options.ts';
export type { PoolStatus } from './pool/pool-status.ts';
export { BoosterError, errorTable, isBoosterError } from './shared/errors.ts';
export type { ErrorCode, ErrorInfo } from './shared/errors.ts';
