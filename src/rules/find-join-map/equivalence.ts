import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.constantFrom('', 'a', 'b', 'NaN', 'undefined', '__proto__', 'é', '😀');
const rows = fc.array(
  fc.record({ id: text, n: fc.integer({ max: 3, min: -1 }), name: fc.constantFrom<unknown>(1, 'x') }),
);

export default [
  {
    name: 'elements by keys that are texts, of which several may have one',
    source: `interface Row { id: string; n: number; name: unknown }
export function subject(rows: Row[], known: Row[], prefix: string) {
  const seen: unknown[] = [];
  const found = rows.map((row) => known.find((other) => other.id === row.id));
  for (const { id, n } of rows) {
    const other = known.find((one) => id === one.id);
    if (other !== undefined) seen.push(other, n);
    else seen.push(known.find((one) => one.id === prefix + id)?.name ?? id);
  }
  for (const row of rows) row.name = known.find((other) => other.id === row.id.trim());
  return { found, seen };
}`,
    args: fc.tuple(rows, rows, text),
  },
  {
    name: 'keys that are numbers other than NaN, zeros of both kinds among them',
    source: `interface Row { id: string; n: number; name: unknown }
export function subject(rows: readonly Row[], known: readonly Row[]) {
  return rows.map((row) => [row.id, known.find((other) => other.n === -row.n)]);
}`,
    args: fc.tuple(rows, rows),
  },
] satisfies readonly EquivalenceSubject[];
