import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.constantFrom('', 'a', 'b', 'NaN', 'undefined', '__proto__', 'é', '😀');
const rows = fc.array(
  fc.record({ id: text, n: fc.integer({ max: 3, min: -1 }), name: fc.constantFrom<unknown>(1, 'x') }),
);

export default [
  {
    name: 'keys that are texts, in callbacks and loops',
    source: `interface Row { id: string; n: number; name: unknown }
export function subject(rows: Row[], known: Row[], prefix: string) {
  const seen: unknown[] = [];
  const fresh = rows.filter((row) => !known.some((other) => other.id === row.id));
  for (const { id, n } of rows) {
    if (known.some((other) => id === other.id)) seen.push(id, n);
    else if (known.some((other) => other.id === prefix + id)) seen.push(prefix);
  }
  for (const row of rows) row.name = known.some((other) => other.id === row.id.trim());
  return { fresh, seen };
}`,
    args: fc.tuple(rows, rows, text),
    level: 'balanced',
  },
  {
    name: 'keys that are numbers other than NaN',
    source: `interface Row { id: string; n: number; name: unknown }
export function subject(rows: readonly Row[], known: readonly Row[]) {
  return rows.map((row) => [row.id, known.some((other) => other.n === row.n)]);
}`,
    args: fc.tuple(rows, rows),
  },
] satisfies readonly EquivalenceSubject[];
