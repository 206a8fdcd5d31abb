import fc from 'fast-check';
import { isStrong } from '../../../src/engine/merge/gate/line-strength.ts';
import type { SourceLanguage } from '../../../src/engine/merge/source-language.ts';

/** A file, the file that is wanted, and the runs of lines in which they differ. */
export interface RandomEdit {
  readonly language: SourceLanguage;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly hunks: readonly Hunk[];
}

/** Lines `[start, end)` of `before` became lines `[afterStart, afterEnd)` of `after`. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

interface Syntax {
  readonly language: RandomEdit['language'];
  readonly unit: string;
  readonly head: readonly string[];
  readonly open: (name: string) => string;
  readonly close: readonly string[];
  readonly statement: (verb: string, noun: string) => string;
  readonly block: (noun: string) => { readonly open: string; readonly close: readonly string[] };
}

const syntaxes: readonly Syntax[] = [
  {
    language: 'javascript',
    unit: '  ',
    head: ["import { log } from './log.js';", '', 'let state = 0;'],
    open: (name) => `export function ${name}(value) {`,
    close: ['}'],
    statement: (verb, noun) => `${verb}(${noun});`,
    block: (noun) => ({ open: `if (${noun}) {`, close: ['}'] }),
  },
  {
    language: 'python',
    unit: '    ',
    head: ['import os', '', 'STATE = 0', ''],
    open: (name) => `def ${name}(value):`,
    close: [],
    statement: (verb, noun) => `${verb}(${noun})`,
    block: (noun) => ({ open: `if ${noun}:`, close: [] }),
  },
  {
    language: 'go',
    unit: '\t',
    head: ['package tool', '', 'var state = 0'],
    open: (name) => `func ${name}(value int) {`,
    close: ['}'],
    statement: (verb, noun) => `${verb}(${noun})`,
    block: (noun) => ({ open: `if ${noun} {`, close: ['}'] }),
  },
  {
    language: 'text',
    unit: '  ',
    head: ['version: 3', '', 'defaults: true'],
    open: (name) => `${name}:`,
    close: [],
    statement: (verb, noun) => `${verb}: ${noun}`,
    block: (noun) => ({ open: `${noun}-part:`, close: [] }),
  },
];

const verbs = ['load', 'save', 'check', 'send', 'reset'];
const nouns = ['value', 'user', 'total', 'item'];
const names = ['parse', 'render', 'update', 'remove', 'measure', 'connect'];

/** Few words, so that lines come again and again as they do in real files. */
const statement = (syntax: Syntax): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...verbs), fc.constantFrom(...nouns)).map(([verb, noun]) => syntax.statement(verb, noun));

/** With a name of its own: a new line that stands in the file already would be a statement about that place. */
const newStatement = (syntax: Syntax): fc.Arbitrary<string> =>
  fc.tuple(fc.nat(999), fc.constantFrom(...nouns)).map(([number, noun]) => syntax.statement(`step${number}`, noun));

function body(syntax: Syntax): fc.Arbitrary<string[]> {
  const nested = fc.tuple(fc.constantFrom(...nouns), fc.array(statement(syntax), { minLength: 1, maxLength: 3 }));
  const part = fc.oneof(
    { weight: 4, arbitrary: statement(syntax).map((line) => [line]) },
    {
      weight: 1,
      arbitrary: nested.map(([noun, lines]) => {
        const { open, close } = syntax.block(noun);
        return [open, ...lines.map((line) => syntax.unit + line), ...close];
      }),
    },
  );
  return fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.flat().map((line) => syntax.unit + line));
}

function file(syntax: Syntax): fc.Arbitrary<string[]> {
  return fc
    .shuffledSubarray(names, { minLength: 2 })
    .chain((chosen) => fc.tuple(fc.constant(chosen), fc.tuple(...chosen.map(() => body(syntax)))))
    .map(([chosen, bodies]) => [
      ...syntax.head,
      ...chosen.flatMap((name, index) => ['', syntax.open(name), ...(bodies[index] ?? []), ...syntax.close]),
    ]);
}

/** What happens at one line of a body: more lines come behind it, it is replaced, it goes. */
export interface Change {
  readonly at: number;
  readonly kind: 'insert' | 'replace' | 'delete';
  readonly lines: readonly string[];
}

/** A random file of one of four languages with one to three hunks of changes in the bodies of its functions. */
export const randomEdit: fc.Arbitrary<RandomEdit> = fc.constantFrom(...syntaxes).chain((syntax) =>
  file(syntax).chain((before) => {
    const isStatement = new RegExp(`^\\s+(?:${verbs.join('|')})\\b`);
    const places = before.flatMap((line, index) => (isStatement.test(line) ? [index] : []));
    const change: fc.Arbitrary<Change> = fc.record({
      at: fc.constantFrom(...places),
      kind: fc.constantFrom('insert', 'replace', 'delete'),
      lines: fc.array(newStatement(syntax), { minLength: 1, maxLength: 3 }),
    });
    return fc
      .uniqueArray(change, { minLength: 1, maxLength: 3, selector: ({ at }) => at })
      .map((changes) => changed(syntax.language, before, changes));
  }),
);

/** The file after the changes, and where it differs. */
export function changed(
  language: RandomEdit['language'],
  before: readonly string[],
  changes: readonly Change[],
): RandomEdit {
  const after: string[] = [];
  const hunks: Hunk[] = [];
  const at = new Map(changes.map((change) => [change.at, change]));
  before.forEach((line, index) => {
    const change = at.get(index);
    if (change?.kind === 'insert') after.push(line);
    if (change === undefined) {
      after.push(line);
      return;
    }
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const start = change.kind === 'insert' ? index + 1 : index;
    const afterStart = after.length;
    if (change.kind !== 'delete') after.push(...change.lines.map((one) => indent + one));
    const last = hunks.at(-1);
    const hunk = { start, end: index + 1, afterStart, afterEnd: after.length };
    if (last?.end === start && last.afterEnd === afterStart)
      hunks[hunks.length - 1] = { ...last, end: hunk.end, afterEnd: hunk.afterEnd };
    else hunks.push(hunk);
  });
  return { language, before, after, hunks };
}

export interface Wording {
  /** Lines kept before and behind each hunk. */
  readonly context: number;
  readonly marker: string;
  /** A marker also where the snippet begins or ends before the file does. */
  readonly edges: boolean;
  readonly dedented: boolean;
}

export const wording: fc.Arbitrary<Wording> = fc
  .record({
    context: fc.integer({ min: 0, max: 5 }),
    marker: fc.constantFrom(
      '// ... existing code ...',
      '# ... existing code ...',
      '/* ... rest of the code ... */',
      '-- ... existing code ...',
      '// … unchanged …',
    ),
    edges: fc.boolean(),
    dedented: fc.boolean(),
  })
  // a line or two that lost their indentation may literally stand elsewhere
  .map((how) => ({ ...how, dedented: how.dedented && how.context >= 3 }));

/** The edit as an agent would send it: each hunk as it is afterwards, with context, and markers for all else. */
export function lazySnippet(
  { language, after, hunks }: RandomEdit,
  { context, marker, edges, dedented }: Wording,
): string[] {
  // without brackets, a definition that stops early is another definition
  const hasEdges = edges || language === 'python' || language === 'text';
  const ranges: { from: number; to: number }[] = [];
  for (const { afterStart, afterEnd } of hunks) {
    const from = reach(after, afterStart, -1, context);
    const to = reach(after, afterEnd, 1, context);
    const last = ranges.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else ranges.push({ from, to });
  }
  const lines: string[] = [];
  ranges.forEach(({ from, to }, index) => {
    const part = after.slice(from, to);
    const indent = /^\s*/.exec(part.find((line) => line.trim() !== '') ?? '')?.[0] ?? '';
    if (index > 0 || (hasEdges && from > 0)) lines.push((dedented ? '' : indent) + marker);
    lines.push(...(dedented ? dedent(part) : part));
  });
  if (hasEdges && (ranges.at(-1)?.to ?? after.length) < after.length) {
    const indent = /^\s*/.exec(lines.findLast((line) => line.trim() !== '') ?? '')?.[0] ?? '';
    lines.push(indent + marker);
  }
  return lines;
}

/** So many lines further that are not blank. */
function reach(lines: readonly string[], from: number, step: 1 | -1, count: number): number {
  let at = from;
  for (let left = count; left > 0; at += step) {
    const line = lines[step > 0 ? at : at - 1];
    if (line === undefined) break;
    if (line.trim() !== '') left -= 1;
  }
  return at;
}

/**
 * Each hunk shows in the snippet. One that only takes lines out from among others like them does not: its context stands in
 * the file as it is, and no reader could tell.
 */
export function isExpressible({ before, after, hunks }: RandomEdit, { context }: Wording): boolean {
  const solid = (lines: readonly string[]): string =>
    ` ${lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join(' ')} `;
  const file = solid(before);
  return hunks.every(({ start, end, afterStart, afterEnd }) => {
    // brackets alone hold nothing: any reader takes the change for one of the block before
    const around = [
      ...after.slice(reach(after, afterStart, -1, context), afterStart),
      ...after.slice(afterEnd, reach(after, afterEnd, 1, context)),
    ];
    if (context > 0 && !around.some((line) => isStrong(line.trim()))) return false;
    const above = after.slice(reach(after, afterStart, -1, context), afterStart);
    const below = after.slice(afterEnd, reach(after, afterEnd, 1, context));
    // with the lines before (behind) it at the other end of what goes too, the new lines fit between them with nothing gone
    if (endsWith(before.slice(start, end), above) || beginsWith(before.slice(start, end), below)) return false;
    if (afterEnd > afterStart) return true;
    // nothing goes because the edit ends before the file does
    if (solid(after.slice(afterEnd)).trim() === '' || solid(after.slice(0, afterStart)).trim() === '') return false;
    const from = reach(after, afterStart, -1, context);
    return !file.includes(solid(after.slice(from, reach(after, afterEnd, 1, context))));
  });
}

function endsWith(lines: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length > 0 && wanted.every((line, index) => line === lines.at(index - wanted.length));
}

function beginsWith(lines: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length > 0 && wanted.every((line, index) => line === lines[index]);
}

function dedent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const least = Math.min(...indents, 99);
  return lines.map((line) => (line.trim() === '' ? line : line.slice(least)));
}
