import { Script } from 'node:vm';
import { transformSync } from 'esbuild';
import { CloneWorld } from './clone-world.ts';

/** Stops a rewrite that loops for ever; no subject comes near it. */
const hangGuardMs = 10_000;

export type Subject = (...args: unknown[]) => unknown;

/** What a module exports. */
export type Exports = Readonly<Record<string, unknown>> & { readonly subject: Subject };

/** Compiles a module; each call of the result evaluates it afresh and gives its function `subject`. */
export function compileSubject(source: string): () => Subject {
  const evaluate = compileModule(source);
  return () => evaluate().subject;
}

/** Compiles a module; each call of the result evaluates it afresh and gives all that it exports. */
export function compileModule(source: string): () => Exports {
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs', target: 'node20' });
  const script = new Script(`(function (module, exports) { ${code}\n})`);
  return () => {
    const module: { exports: { readonly subject?: unknown } } = { exports: {} };
    (script.runInThisContext() as (module: unknown, exports: unknown) => void)(module, module.exports);
    if (typeof module.exports.subject !== 'function')
      throw new TypeError('the source must export a function named `subject`');
    return module.exports as Exports;
  };
}

/** How one call ended, and what it left behind. */
export interface Outcome {
  readonly world: CloneWorld;
  /** The arguments after the call. */
  readonly args: readonly unknown[];
  readonly ended: 'returned' | 'threw';
  readonly value: unknown;
}

/** Calls a subject on its own copy of the arguments. */
export function runSubject(subject: Subject, originalArgs: readonly unknown[], timeoutMs = hangGuardMs): Outcome {
  const world = new CloneWorld();
  const args = world.copyArguments(originalArgs);
  try {
    return { world, args, ended: 'returned', value: callGuarded(subject, args, timeoutMs) };
  } catch (error) {
    return { world, args, ended: 'threw', value: error };
  }
}

/** The same for a subject that returns a promise: the value is what it resolves to or rejects with. */
export async function runAsyncSubject(
  subject: Subject,
  originalArgs: readonly unknown[],
  timeoutMs = hangGuardMs,
): Promise<Outcome> {
  const outcome = runSubject(subject, originalArgs, timeoutMs);
  if (outcome.ended === 'threw') return outcome;
  try {
    return { ...outcome, value: await outcome.value };
  } catch (error) {
    return { ...outcome, ended: 'threw', value: error };
  }
}

const guarded = new Script('boosterGuardedCall()');

function callGuarded(subject: Subject, args: readonly unknown[], timeoutMs: number): unknown {
  Object.defineProperty(globalThis, 'boosterGuardedCall', { configurable: true, value: () => subject(...args) });
  return guarded.runInThisContext({ timeout: timeoutMs }) as unknown;
}
