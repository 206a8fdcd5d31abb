import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const texts = fc.array(
  fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a/b', '[x]', 'a.b', '\n', '12', 'constructor')),
  { maxLength: 6 },
);
/** Valid and invalid patterns. */
const patterns = fc.oneof(
  fc.constantFrom('', 'a', '.', '(', '[', '^x$', '\\d+', '(?<n>a)|b', '__proto__', '\u{1F600}'),
  fc.string(),
);

export default [
  {
    name: 'a constant pattern with slashes, classes and line ends',
    source:
      "export function subject(texts: string[]) { return texts.map((text) => [new RegExp('a/b|[/\\\\]]|\\\\n', 'g').exec(text), new RegExp('').source, new RegExp('/').flags]); }\n",
    args: fc.tuple(texts),
  },
  {
    name: 'each evaluation of a literal makes a new object',
    source:
      "const make = () => new RegExp('a', 'g');\nexport function subject(text: string) { const [one, two] = [make(), make()]; return [one === two, one.test(text), one.lastIndex, two.lastIndex]; }\n",
    args: fc.tuple(fc.constantFrom('a', 'aa', 'b', '')),
  },
  {
    name: 'a pattern from a parameter throws where it stands',
    source:
      'export function subject(texts: string[], pattern: string, before: (text: string) => void) { const hits: string[] = []; for (const text of texts) { before(text); if (new RegExp(pattern).test(text)) hits.push(text); } return hits; }\n',
    args: fc.tuple(texts, patterns, fc.func(fc.constant(undefined))),
  },
  {
    name: 'all occurrences are replaced in every text, also when the replacer throws',
    source:
      'export function subject(texts: string[], pattern: string, f: (hit: string) => string) { return texts.map((text) => text.replace(new RegExp(pattern, "gi"), (hit) => f(hit))); }\n',
    args: fc.tuple(texts, patterns, fc.func(fc.string())),
  },
  {
    name: 'matching, searching and splitting by any value as pattern',
    source:
      'export function subject(texts: any, pattern: any) { const out: unknown[] = []; for (const text of texts) { const re = new RegExp(pattern); out.push(text.match(re), text.search(re), text.split(re)); } return out; }\n',
    args: fc.tuple(texts, fc.oneof(patterns, fc.constantFrom(undefined, null, 0, /x/g, ['a'], Number.NaN))),
    level: 'balanced',
  },
  {
    name: 'one expression for each round of the outer loop',
    source:
      'export function subject(words: string[], texts: string[]) { const out: boolean[] = []; for (const word of words) { for (const text of texts) out.push(new RegExp(word).test(text)); } return out; }\n',
    args: fc.tuple(fc.array(patterns, { maxLength: 3 }), texts),
  },
  {
    name: 'an async loop',
    source:
      'export async function subject(texts: string[], word: string) { let n = 0; for (const text of texts) { if (new RegExp(word).test(await text)) n += 1; } return n; }\n',
    args: fc.tuple(texts, patterns),
    isAsync: true,
  },
] satisfies readonly EquivalenceSubject[];
