import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.oneof(
  fc.array(fc.constantFrom('a', 'b', '1', '\n', '\u{1F680}')).map((parts) => parts.join('')),
  fc.string(),
);

export default [
  {
    name: 'match and search with every flag',
    source: `export function subject(s: string) {
  const seen: unknown[] = [];
  if (s.match(/a/)) seen.push(1);
  if (!s.match(/b/g)) seen.push(2);
  while (s.match(/(a)|(1)/y) && seen.length < 4) seen.push(3);
  return [seen, s.match(/^b/m) !== null, s.match(/./u) == null, Boolean(s.match(/1$/g)), s.search(/a1/) !== -1, s.search(/b/y) < 0, s.search(/b+/g) >= 0, s.match(/a/) ? 1 : 2];
}
`,
    args: fc.tuple(text),
  },
  {
    name: 'exec with an expression that remembers its position',
    source: `export function subject(s: any) {
  const every = /a/g;
  const sticky = new RegExp('b', 'y');
  let count = 0;
  while (every.exec(s)) count += 1;
  return [count, sticky.exec(s) === null, sticky.lastIndex, !/1/.exec(s), every.exec(s) != undefined, every.lastIndex];
}
`,
    args: fc.tuple(fc.oneof(text, fc.integer(), fc.constantFrom(null, undefined))),
  },
] satisfies readonly EquivalenceSubject[];
