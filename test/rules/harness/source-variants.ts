/** The same code written differently; a rewrite of it must differ in the same way and in no other. */
export interface SourceVariant {
  readonly name: string;
  /** `false` for texts that it would not leave the same code. */
  appliesTo(text: string): boolean;
  write(text: string): string;
}

const indentation = /^(?: {2})+/gm;

export const sourceVariants: readonly SourceVariant[] = [
  {
    name: 'CRLF line ends',
    appliesTo: (text) => !text.includes('\r'),
    write: (text) => text.replaceAll('\n', '\r\n'),
  },
  {
    // offsets counted in bytes or code points instead of UTF-16 units all go wrong behind it
    name: 'a first line of emoji and astral letters',
    appliesTo: (text) => !text.startsWith('#!'),
    write: (text) => `// \u{1F680} \u{1D54F} \u{E9}\u{301} \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\n${text}`,
  },
  {
    name: 'no final newline',
    appliesTo: (text) => text.endsWith('\n'),
    write: (text) => text.replace(/\n+$/, ''),
  },
  {
    name: 'tabs instead of spaces',
    appliesTo: (text) => !text.includes('\t') && smallestIndent(text) === 2,
    write: (text) => text.replace(indentation, (spaces) => '\t'.repeat(spaces.length / 2)),
  },
];

function smallestIndent(text: string): number {
  const indents = [...text.matchAll(/^( +)[^\s*]/gm)].map(([, spaces]) => spaces?.length ?? 0);
  return Math.min(...indents);
}
