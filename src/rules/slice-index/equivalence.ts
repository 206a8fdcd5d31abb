import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

// eslint-disable-next-line no-sparse-arrays
const holes = fc.constantFrom([, 1, ,], [, ,], [Number.NaN, -0, ,]);
const lists = fc.oneof(fc.array(fc.anything()), holes);
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', '\u{1F680}', 'a\u{1F680}b'));

export default [
  {
    name: 'the last element by every spelling',
    source: `export function subject(xs: unknown[]) {
  return [xs.slice(-1)[0], xs.slice(-1).pop(), xs.slice(-1).shift(), xs.slice(-1).at(0), xs.slice(-1).at(-1)];
}
`,
    args: fc.tuple(lists),
  },
  {
    name: 'a position from the start',
    source:
      'export function subject(xs: unknown[]) { return [xs.slice()[0], xs.slice(1)[0], xs.slice(1)[2], xs.slice(0, 2)[1], xs.slice(2).shift(), xs.slice(1, 9).at(1)]; }\n',
    args: fc.tuple(lists),
  },
  {
    name: 'a copy that is reversed',
    source:
      'export function subject(xs: unknown[]) { return [[...xs].reverse()[0], [...xs].reverse()[2], xs.slice().reverse()[0], xs.slice().reverse().at(1), xs.toReversed()[0]]; }\n',
    args: fc.tuple(lists),
  },
  {
    name: 'characters of a text in UTF-16 units',
    source:
      'export function subject(text: string) { return [text.slice(-1)[0], text.slice(1)[0], text.slice(0, 1)[0], text.slice(-1).at(0)]; }\n',
    args: fc.tuple(text),
  },
  {
    name: 'the element is the one that is changed',
    source:
      'export function subject(rows: unknown[][], value: unknown) { rows.slice(-1)[0]?.push(value); rows.slice(1)[0].push(value); return rows; }\n',
    args: fc.tuple(fc.array(fc.array(fc.anything())), fc.anything()),
  },
] satisfies readonly EquivalenceSubject[];
