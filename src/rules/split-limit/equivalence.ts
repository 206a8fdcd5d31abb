import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const text = fc.oneof(
  fc.array(fc.constantFrom(',', ' ', 'a', 'b1', '=', '\n', '\u{1F680}')).map((parts) => parts.join('')),
  fc.string(),
  fc.string({ unit: 'binary' }),
);

export default [
  {
    name: 'parts at fixed positions',
    source:
      "export function subject(s: string) { return [s.split(',')[0], s.split(' ')[2], s.split(',').at(1), s.split('=').shift(), s.split('aa')[0]]; }\n",
    args: fc.tuple(text),
  },
  {
    name: 'regular expressions, with groups, flags and empty matches',
    source:
      'export function subject(s: string) { return [s.split(/,/)[0], s.split(/(\\d)/)[1], s.split(/(a)|(b)/g)[2], s.split(/(?:)/u)[1], s.split(/\\s*/y)[0], s.split(/^/m)[1]]; }\n',
    args: fc.tuple(text),
  },
  {
    name: 'an empty separator, and one that is computed',
    source:
      "export function subject(s: string, by: string) { return [s.split('')[0], s.split('')[3], s.split(by)[1], s.split(`${by}=`).at(0)]; }\n",
    args: fc.tuple(text, fc.string({ maxLength: 2 })),
  },
  {
    name: 'patterns and variables',
    source: `export function subject(s: string) {
  const [first] = s.split(',');
  const [, second = 'none'] = s.split(',');
  let third;
  [third] = s.split('=');
  const parts = s.split(' ');
  return [first, second, third, parts[1], (() => parts[1]?.length)()];
}
`,
    args: fc.tuple(text),
  },
  {
    name: 'a text that may be absent, which an optional chain skips',
    source:
      "export function subject(s?: string) { return [s?.split(',')[0], s?.split(',')?.[1]?.length, s!.split(',')[0]]; }\n",
    args: fc.tuple(fc.option(text, { nil: undefined })),
  },
  {
    name: 'a text that nothing is known about',
    source: "export function subject(record: { text: unknown }) { return (record as any).text.split(',')[0]; }\n",
    args: fc.tuple(fc.record({ text: fc.oneof(text, fc.constant(undefined)) })),
  },
] satisfies readonly EquivalenceSubject[];
