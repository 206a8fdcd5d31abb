import type { WASMInstanceManager } from '../../../src/pool/WASMInstanceManager.ts';
import { perform, sharedCell } from './deeds.ts';

export interface Plan {
  readonly deed: string;
  readonly details?: object;
  readonly timeoutMs?: number;
  readonly abort?: true;
  readonly expected: readonly unknown[];
}

const died = ['E_POOL_WORKER_DIED'];

/** What may come of each deed, as a value or a code. */
export function chaosPlans(value: number): readonly Plan[] {
  return [
    { deed: 'echo', details: { value }, expected: [value] },
    { deed: 'echo', details: { value }, expected: [value] },
    { deed: 'fail', expected: ['E_INTERNAL'] },
    { deed: 'trap', expected: ['E_WASM_TRAP'] },
    { deed: 'trap-when-used', expected: ['fresh'] },
    { deed: 'exit', expected: died },
    { deed: 'throw', expected: died },
    { deed: 'reject', expected: died },
    { deed: 'exit-once', details: { memo: sharedCell() }, expected: ['second try'] },
    { deed: 'starve', expected: ['E_WASM_MEMORY'] },
    { deed: 'garbage', expected: ['E_POOL_PROTOCOL'] },
    { deed: 'throw-late', details: { value }, expected: [value] },
    { deed: 'twice', details: { value }, expected: [value] },
    { deed: 'wrong-id', details: { value }, expected: [value] },
    { deed: 'grow', details: { usedBytes: 2 ** 26, baseBytes: 1 }, expected: ['grown'] },
    { deed: 'loop', timeoutMs: 40, expected: ['E_TASK_TIMEOUT'] },
    { deed: 'spin', timeoutMs: 40, expected: ['E_TASK_TIMEOUT'] },
    { deed: 'silent', timeoutMs: 40, expected: ['E_TASK_TIMEOUT'] },
    { deed: 'loop', abort: true, expected: ['E_TASK_ABORTED'] },
    { deed: 'echo', details: { value }, abort: true, expected: [value, 'E_TASK_ABORTED'] },
  ];
}

/** What became of a plan, as a value or a code; `index` makes its contents its own, so that no other is refused for them. */
export async function chaosEnd(pool: WASMInstanceManager, plan: Plan, index: number): Promise<unknown> {
  const abort = new AbortController();
  if (plan.abort === true) setTimeout(abort.abort.bind(abort), index % 50);
  const options = { timeoutMs: plan.timeoutMs ?? 25_000, signal: abort.signal };
  try {
    return await perform(pool, plan.deed, { ...plan.details, index }, options);
  } catch (error) {
    return (error as { code: string }).code;
  }
}
