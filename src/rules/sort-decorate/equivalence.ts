import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const names = fc.array(
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a', 'A', 'ß', 'SS', 'İ', '', '__proto__', 'constructor')),
);
/** Dates that cannot be read give NaN: the order contradicts itself, in both alike. */
const dates = fc.array(
  fc.record({ date: fc.constantFrom('2024-01-01', '2024-01-02', '2023-12-31', 'never', ''), id: fc.nat() }),
);

export default [
  {
    name: 'dates, some of them not valid',
    source:
      'interface Post { date: string; id: number }\nexport function subject(posts: Post[]) { return [...posts].sort((a, b) => new Date(b.date).getTime() - new Date(a.date).getTime()); }\n',
    args: fc.tuple(dates),
  },
  {
    name: 'dates subtracted as objects',
    source:
      'export function subject(posts: any) { return [...posts].sort((a, b) => (new Date(a.date) < new Date(b.date) ? -1 : 1)); }\n',
    args: fc.tuple(dates),
  },
  {
    name: 'a comparator that contradicts itself',
    source:
      'export function subject(names: string[]) { return [...names].sort((a, b) => (a.toLowerCase() > b.toLowerCase() ? 1 : 0)); }\n',
    args: fc.tuple(names),
  },
  {
    name: 'a sort in place changes the same array',
    source:
      'interface Post { date: string; id: number }\nexport function subject(posts: Post[]) { const same = posts; posts.sort((a, b) => Date.parse(a.date) - Date.parse(b.date)); return [same, posts]; }\n',
    args: fc.tuple(dates),
  },
  {
    name: 'keys in the order of a language',
    source:
      'export function subject(counts: Record<string, number>) { return Object.keys(counts).sort((a, b) => a.toUpperCase().localeCompare(b.toUpperCase())); }\n',
    args: fc.tuple(fc.dictionary(fc.constantFrom('a', 'A', 'ä', 'constructor', '__proto__', '1'), fc.nat())),
    level: 'safe',
  },
  {
    name: 'a comparator with statements',
    source:
      'export function subject(names: string[]) { return names.toSorted((a, b) => { const x = a.split("a").join("b"); const y = b.split("a").join("b"); if (x < y) return -1; if (x > y) return 1; return 0; }); }\n',
    args: fc.tuple(names),
  },
] satisfies readonly EquivalenceSubject[];
