import { BoosterError, deserializeError, isBoosterError } from '../shared/errors.ts';
import type { TaskAnswer } from './protocol.ts';

/** Why an instance that answered has to go. */
export function poisonFault(id: string, { outcome }: TaskAnswer): BoosterError {
  return outcome.ok
    ? new BoosterError('E_WASM_TRAP', `the engine of instance ${id} trapped`)
    : deserializeError(outcome.error);
}

/** Why a thread ended, from what it threw. */
export function threadFault(id: string, error: unknown): BoosterError {
  if (isBoosterError(error)) return error;
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const message = error instanceof Error ? error.message : String(error);
  return new BoosterError(isMemory ? 'E_POOL_MEMORY' : 'E_POOL_WORKER_DIED', `instance ${id}: ${message}`, {}, error);
}

/** Why an instance that failed its health check has to go. */
export function unhealthyFault(id: string, what: string): BoosterError {
  return new BoosterError('E_POOL_UNHEALTHY', `instance ${id} failed its health check: it ${what}`);
}
