import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

/** Few different keys, so that there are many equal ones; everything but NaN. */
const keys = fc.oneof(fc.constantFrom(0, -0, 1, 2, Infinity, -1), fc.integer());
const items = fc.array(fc.record({ k: keys, id: fc.nat() }));

export default [
  {
    name: 'the first and the last of equal keys',
    source:
      'interface Item { k: number; id: number }\nexport function subject(xs: Item[]) { return [[...xs].sort((a, b) => a.k - b.k)[0], [...xs].sort((a, b) => a.k - b.k).pop(), xs.slice().sort((a, b) => b.k - a.k).at(-1)]; }\n',
    args: fc.tuple(items),
  },
  {
    name: 'numbers with -0',
    source:
      'export function subject(xs: number[]) { return [[...xs].sort((x, y) => x - y)[0], [...xs].sort((x, y) => y - x).shift(), [...xs].sort((x, y) => x - y).at(-1)]; }\n',
    args: fc.tuple(fc.array(keys)),
  },
  {
    name: 'numbers written as texts, and dates',
    source: 'export function subject(xs: any) { const first = [...xs].sort((a, b) => a.k - b.k)[0]; return first; }\n',
    args: fc.tuple(fc.array(fc.record({ k: fc.constantFrom('10', '9', '-1', 8, '', true, null, new Date(5)) }))),
  },
  {
    name: 'texts in the order of a language',
    source:
      'export function subject(xs: string[]) { return [[...xs].sort((a, b) => a.localeCompare(b, "de"))[0], [...xs].sort((a, b) => b.localeCompare(a)).pop()]; }\n',
    args: fc.tuple(
      fc.array(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a', 'A', 'ä', 'constructor', '__proto__', '')),
      ),
    ),
  },
  {
    name: 'several keys and a pattern',
    source:
      'interface Item { k: number; id: number }\nexport function subject(xs: Item[]) { const [best] = [...xs].sort((a, b) => b.k - a.k || a.id - b.id); return best; }\n',
    args: fc.tuple(items),
  },
  {
    name: 'the most frequent word',
    source:
      'export function subject(words: string[]) { const counts = new Map<string, number>(); for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1); const top = [...counts].sort((a, b) => b[1] - a[1])[0]; return top?.[0]; }\n',
    args: fc.tuple(fc.array(fc.constantFrom('a', 'b', '__proto__', 'constructor', ''))),
  },
  {
    name: 'without an assumption',
    source:
      "export function subject(text: string) { const words = text.split(' '); return [words.slice().sort((a, b) => b.length - a.length)[0], [...words].sort((a, b) => a.length - b.length).at(-1)]; }\n",
    args: fc.tuple(fc.oneof(fc.string(), fc.constantFrom('', ' ', 'aa b cc d', '\u{1F600} x yy'))),
    level: 'safe',
  },
] satisfies readonly EquivalenceSubject[];
