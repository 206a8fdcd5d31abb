import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const key = fc.constantFrom('a', 'b', '', '0', 'constructor', 'toString', '__proto__', 'é');
const rows = fc.array(
  fc.record({ key, value: fc.constantFrom<unknown>(undefined, null, Number.NaN, -0, 1, [2], 'x') }),
  { maxLength: 6 },
);
const calm = fc.array(fc.record({ key: fc.constantFrom('a', 'b', '', '0', 'é'), value: fc.integer() }));
const callback = fc.constantFrom<(x: unknown) => unknown>(
  (x) => x,
  (x) => {
    if (x === 1) return BigInt(0.5); // a RangeError
    return [x];
  },
);

export default [
  {
    name: 'loops, with keys that every object has by birth',
    source: `export function subject(rows: { key: string; value: unknown }[], f: (x: unknown) => unknown) {
  const groups: Record<string, unknown[]> = {};
  for (const row of rows) {
    if (row.key in groups && row.value === null) continue;
    groups[row.key] = [...(groups[row.key] ?? []), row.value, row];
  }
  f(groups);
  return groups;
}`,
    args: fc.tuple(rows, callback),
    level: 'safe',
  },
  {
    name: 'an object without a prototype, numbers as keys, and a fixed key',
    source: `export function subject(rows: { key: string; value: unknown }[]) {
  const groups: any = Object.create(null);
  for (let i = 0; i < rows.length; i++) groups[i % 3] = [...(groups[i % 3] || []), rows[i]!.value];
  for (const row of rows) {
    groups[row.key] = [...(groups[row.key] || []), row];
    groups.all = [...(groups.all || []), row.key];
  }
  return Object.entries(groups);
}`,
    args: fc.tuple(rows),
  },
  {
    name: 'reducers that call what is not known',
    source: `export function subject(rows: { key: string; value: unknown }[], f: (x: unknown) => unknown) {
  const groups = rows.reduce((all: Record<string, unknown[]>, row, i) => {
    if (row.value === null) return all;
    all[row.key + i % 2] = [...(all[row.key + i % 2] ?? []), f(row.value)];
    return all;
  }, {});
  return groups;
}`,
    args: fc.tuple(calm, callback),
  },
  {
    name: 'a throw that is caught outside of the loop',
    source: `export function subject(rows: { key: string; value: number }[], limit: number) {
  const groups: Record<string, number[]> = {};
  try {
    for (const row of rows) {
      if (row.value > limit) throw new RangeError('limit');
      groups[row.key] = [...(groups[row.key] ?? []), row.value * 2];
    }
  } catch {
    return groups;
  }
  return Object.keys(groups);
}`,
    args: fc.tuple(calm, fc.integer()),
  },
] satisfies readonly EquivalenceSubject[];
