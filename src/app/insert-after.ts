import { BoosterError } from '../shared/errors.ts';
import { problemOf } from './merge-generated.ts';
import type { ApplyPool } from './pool-port.ts';

interface Insertion {
  /** With line feeds. */
  readonly text: string;
  readonly body: string;
  readonly after: string;
  readonly path: string;
  readonly signal: AbortSignal;
}

/**
 * Puts lines behind the one line that holds a text, under the gate of `apply`.
 * @throws BoosterError E_GENERATE_PLACE when there is no such line, or several, or the gate refuses the result
 */
export async function insertAfter(pool: ApplyPool, insertion: Insertion): Promise<string> {
  const { text, body, after, path, signal } = insertion;
  const refuse = (why: string): never => {
    throw new BoosterError('E_GENERATE_PLACE', `${path}: ${why}; nothing was written`, { path });
  };
  const wanted = after.trimEnd();
  if (wanted.includes('\n')) refuse('`after` is more than one line');
  const rows = text.split('\n');
  const found = rows.flatMap((row, index) => (row.includes(wanted) ? [index] : []));
  const [only, second] = found;
  if (only === undefined) return refuse(`no line holds ${JSON.stringify(wanted)}`);
  if (second !== undefined) {
    const numbers = found.map((index) => String(index + 1)).join(', ');
    refuse(`lines ${numbers} hold ${JSON.stringify(wanted)}`);
  }
  const lines = body.trimEnd().split('\n');
  if (rows.slice(only + 1, only + 1 + lines.length).join('\n') === lines.join('\n')) {
    const message = `${path}: the code stands behind line ${String(only + 1)} already, and not by this template; say so with unless`;
    throw new BoosterError('E_GENERATE_EXISTS', message, { path });
  }
  const isLast = only === rows.length - 1;
  const result = [...rows.slice(0, only + 1), ...lines, ...(isLast ? [''] : rows.slice(only + 1))].join('\n');
  const problem = await problemOf(pool, path, text, result, signal);
  return problem === undefined ? result : refuse(problem);
}
