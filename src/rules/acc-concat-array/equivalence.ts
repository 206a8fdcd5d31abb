import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const value = fc.constantFrom<unknown>(undefined, null, Number.NaN, -0, 1, 2, 3, '', 'a', '__proto__');
const list = fc.array(value);
const callback = fc.constantFrom<(x: unknown) => unknown>(
  (x) => x,
  (x) => typeof x === 'number',
  (x) => {
    if (x === 3) return BigInt(0.5); // a RangeError
    return [x, x];
  },
);

export default [
  {
    name: 'values that concat adds as they are',
    source: `export function subject(texts: string[], xs: unknown[], f: (x: unknown) => unknown) {
  let all: unknown[] = ['start'];
  for (const text of texts) all = all.concat(text);
  for (const x of xs) {
    if (all.includes(x)) continue;
    if (all.length > 9) all = [];
    if (x === 2) return all;
    if (x === null) all = all.concat([x], 'null', all.length);
    else all = all.concat([f(x), [x]], { x });
  }
  let n = 0;
  while (n++ < 3) all = all.concat(typeof n, n, n > 1);
  return { all };
}`,
    args: fc.tuple(fc.array(fc.string()), list, callback),
    level: 'safe',
  },
  {
    name: 'arrays that concat takes apart',
    source: `export function subject(groups: readonly unknown[][], line: string) {
  let all: unknown[] = [];
  for (const group of groups) all = all.concat(group);
  for (let i = 0; i < 2; i++) if (all.length > 1) all = all.concat(line.split('')); else all = all.concat(['x']);
  return all;
}`,
    args: fc.tuple(fc.array(list), fc.string()),
  },
  {
    name: 'reducers, with what throws half-way',
    source: `export function subject(groups: unknown[][], f: (x: unknown) => unknown) {
  const flat = groups.reduce<unknown[]>((all, group) => all.concat(group), []);
  const mapped = groups.reduce((all: unknown[], group) => (group.length > 1 ? all.concat([f(group[0])]) : all), [0]);
  const back = groups.reduceRight((all: unknown[], group, i) => {
    if (group.length === 0) return all;
    return all.concat(i, \`\${all.length}\`);
  }, [] as unknown[]);
  return [flat, mapped, back];
}`,
    args: fc.tuple(fc.array(list), callback),
  },
  {
    name: 'a throw that is caught leaves the array as it was',
    source: `export function subject(xs: unknown[], f: (x: unknown) => unknown) {
  let all: unknown[] = [];
  for (const x of xs) {
    try {
      all = all.concat([x, f(x)]);
    } catch {
      continue;
    }
  }
  return all;
}`,
    args: fc.tuple(list, callback),
  },
] satisfies readonly EquivalenceSubject[];
