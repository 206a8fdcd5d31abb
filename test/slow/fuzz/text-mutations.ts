import { pickRange } from './mutation.ts';
import type { Mutation } from './mutation.ts';
import type { Random } from './random.ts';

/** What editors, other systems and attackers leave in files. */
const oddTexts = [
  '\0',
  '\uFEFF',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u00A0',
  '\u180E',
  '\u200B',
  '\u200D',
  '\u202E',
  '\u2066',
  'e\u0301',
  '\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}',
  '\u{1D54F}',
  '\u{2F800}',
  '\u{10FFFF}',
  '\uFFFF',
  '"\\ud83d"',
  '`\\u{110000}`',
  '\\u{61}',
  '\v',
  '\f',
  '\b',
  '\u001B[2J',
];

const lineEnds = ['\n', '\r\n', '\r', '\n\r', '\u2028'];

/** Openers, what they hold, and closers. */
const nests: readonly (readonly [string, string, string])[] = [
  ['(', '1', ')'],
  ['[', '', ']'],
  ['{', '', '}'],
  ['{a:', '1', '}'],
  ['`${', '1', '}`'],
  ['<a>', '', '</a>'],
  ['f(', '', ')'],
  ['!', 'x', ''],
  ['-', 'x', ''],
  ['x => ', 'x', ''],
  ['x ? y : ', 'z', ''],
  ['x + ', 'y', ''],
  ['x = ', 'y', ''],
  ['await ', 'x', ''],
  ['new ', 'x', ''],
  ['x', '', '.filter(f)'],
  ['x', '', '[0]'],
  ['x', '', '?.y'],
  ['if (x) y; else ', 'z', ''],
  ['for (;;) ', ';', ''],
  ['function f() {', '', '}'],
  ['class A { m() {', '', '} }'],
  ['type T = A<', 'B', '>'],
  ['xs.filter((x) => ', 'x', ')[0]'],
];

const deepest = 20_000;
/** UTF-16 units; a few files come near the limit of 1 MiB. */
const longest = 900_000;

function insert(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}

function insertOften(text: string, random: Random, piece: () => string): string {
  let result = text;
  for (let left = random.size(20); left > 0; left -= 1)
    result = insert(result, random.below(result.length + 1), piece());
  return result;
}

function nest(random: Random): string {
  const [open, inside, close] = random.pick(nests);
  const depth = random.size(deepest);
  return `\n;${open.repeat(depth)}${inside}${close.repeat(random.chance(0.9) ? depth : random.below(depth))};\n`;
}

/** Changes of the text that know nothing of the language. */
export const textMutations: Readonly<Record<string, Mutation>> = {
  'cut off': (text, random) => text.slice(0, random.below(text.length + 1)),
  'without its beginning': (text, random) => text.slice(random.below(text.length + 1)),
  'a piece deleted': (text, random) => {
    const [start, end] = pickRange(text, random);
    return text.slice(0, start) + text.slice(end);
  },
  'a piece doubled': (text, random) => {
    const [start, end] = pickRange(text, random);
    return insert(text, end, text.slice(start, end));
  },
  'random characters': (text, random) =>
    insertOften(text, random, () => String.fromCharCode(random.below(random.chance(0.8) ? 0x80 : 0xd800))),
  'odd Unicode': (text, random) => insertOften(text, random, () => random.pick(oddTexts)),
  'odd Unicode in front': (text, random) => `// ${random.pick(oddTexts)}\n${text}`,
  'a byte order mark': (text, random) => '\uFEFF'.repeat(random.size(3)) + text,
  'mixed line ends': (text, random) => text.replaceAll(/\r?\n/g, () => random.pick(lineEnds)),
  'other line ends': (text, random) => text.replaceAll(/\r?\n/g, random.pick(lineEnds)),
  'no final newline': (text) => text.trimEnd(),
  'deep nesting': (text, random) => insert(text, random.below(text.length + 1), nest(random)),
  'deep nesting between lines': (text, random) => {
    const at = text.indexOf('\n', random.below(text.length + 1));
    return insert(text, at < 0 ? text.length : at, nest(random));
  },
  'one huge line': (text) => text.replaceAll(/\r?\n/g, ' '),
  'repeated until huge': (text, random) => text.repeat(Math.ceil(random.size(longest) / Math.max(1, text.length))),
  'a huge literal': (text, random) => {
    const values = ['1,', '"a",', '{},', 'a+', '\\n'];
    return `${text}\nconst huge = [${random.pick(values).repeat(random.size(longest / 4))}];\n`;
  },
  'the end of another file': (text, random, donor) =>
    text.slice(0, random.below(text.length + 1)) + donor.slice(random.below(donor.length + 1)),
  'another file inside': (text, random, donor) => {
    const at = text.indexOf('\n', random.below(text.length + 1));
    return insert(text, at < 0 ? text.length : at + 1, `${donor}\n`);
  },
  'lines of another file': (text, random, donor) => {
    const lines = text.split('\n');
    const others = donor.split('\n');
    const from = random.below(others.length);
    lines.splice(random.below(lines.length + 1), 0, ...others.slice(from, from + random.size(30)));
    return lines.join('\n');
  },
};
