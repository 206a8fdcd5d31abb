import type { ErrorCode } from '../shared/errors.ts';
import type { OptimizeRequest, OptimizeResult } from '../engine/optimize.ts';

/** What the use cases need of the pool; `WASMInstanceManager` fits. */
export interface OptimizePool {
  executeTask(
    task: { readonly kind: 'optimize'; readonly request: OptimizeRequest },
    options: {
      readonly where: 'in-process' | 'worker';
      readonly signal?: AbortSignal;
      /** The main thread does it after all when workers are not to be had. */
      readonly fallback?: boolean;
      readonly onFallback?: (code: ErrorCode) => void;
    },
  ): Promise<OptimizeResult>;
}
