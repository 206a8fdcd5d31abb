import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const texts = fc.array(fc.constantFrom('', 'a', 'b', 'A', 'é', 'é', '😀', '\ud83d', '0', '-0', 'NaN', '__proto__'));

export default [
  {
    name: 'texts, in every form of the comparison',
    source: `export function subject(xs: string[], ys: readonly string[]) {
  const first = xs.filter((x, i) => xs.indexOf(x) === i);
  const second = ys.map((y) => y + '!').filter((y, at, all) => at === all.indexOf(y));
  const third = ys.filter(function (y, at, all) { return all.indexOf(y) == at; }).length;
  return { first, second, third, xs };
}`,
    args: fc.tuple(texts, texts),
  },
  {
    name: 'bigints, booleans and texts of one list',
    source: `export function subject(xs: bigint[], ys: boolean[]) {
  return [xs.filter((x, i) => xs.indexOf(x) === i), ...ys.filter((y, i) => ys.indexOf(y) === i)];
}`,
    args: fc.tuple(fc.array(fc.bigInt({ min: -2n, max: 2n })), fc.array(fc.boolean())),
  },
] satisfies readonly EquivalenceSubject[];
