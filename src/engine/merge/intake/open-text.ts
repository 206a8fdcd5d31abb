import type { SourceLanguage } from '../source-language.ts';

/** A string or comment that may go over several lines. */
interface LongText {
  readonly open: string;
  readonly close: string;
  /** A backslash takes the next character's meaning away. */
  readonly escapes: boolean;
  readonly isString: boolean;
}

interface Lexis {
  readonly long: readonly LongText[];
  readonly lineComment: string | undefined;
  /** Quotes of strings that end with their line. */
  readonly quotes: string;
}

const blockComment: LongText = { open: '/*', close: '*/', escapes: false, isString: false };
const backtick: LongText = { open: '`', close: '`', escapes: true, isString: true };
const scripts: Lexis = { long: [blockComment, backtick], lineComment: '//', quotes: `"'` };
const native: Lexis = {
  long: [blockComment, { open: 'R"(', close: ')"', escapes: false, isString: true }],
  lineComment: '//',
  quotes: `"'`,
};

const lexes: Readonly<Record<SourceLanguage, Lexis>> = {
  javascript: scripts,
  jsx: scripts,
  typescript: scripts,
  tsx: scripts,
  python: {
    long: ['"""', "'''"].map((quote) => ({ open: quote, close: quote, escapes: true, isString: true })),
    lineComment: '#',
    quotes: `"'`,
  },
  go: { long: [blockComment, { ...backtick, escapes: false }], lineComment: '//', quotes: `"'` },
  rust: {
    long: [
      blockComment,
      { open: 'r#"', close: '"#', escapes: false, isString: true },
      { open: '"', close: '"', escapes: true, isString: true },
    ],
    lineComment: '//',
    quotes: `'`,
  },
  java: { long: [blockComment, { ...backtick, open: '"""', close: '"""' }], lineComment: '//', quotes: `"'` },
  c: native,
  cpp: native,
  text: { long: [], lineComment: undefined, quotes: '' },
};

/** What follows the end of a string; before prose, its mark rather begins another one whose end a marker took away. */
const afterEnd = /^\s*(?:$|[)\]},;.%+:?])/u;

/** The string or comment that a line begins in. */
export interface OpenText {
  /** The line that opens it. */
  readonly opener: number;
  /** The line that closes it; `undefined` when none of the lines does. */
  readonly closer: number | undefined;
  readonly isString: boolean;
}

/**
 * For each line whether it begins inside a string or comment that an earlier line opened. A light reading for pieces of
 * code that no parser could read: it knows no regular expressions and no `${…}`, so its word leads to caution only.
 */
export function openTexts(lines: readonly string[], language: SourceLanguage): (OpenText | undefined)[] {
  const lexis = lexes[language];
  const result: (OpenText | undefined)[] = [];
  let open: LongText | undefined;
  let opener = 0;
  lines.forEach((line, index) => {
    result.push(open === undefined ? undefined : { opener, closer: undefined, isString: open.isString });
    const scanned = scanLine(line, lexis, open);
    const { closedAt } = scanned;
    if (closedAt !== undefined && afterEnd.test(line.slice(closedAt))) setCloser(result, opener, index);
    if (scanned.opensAnew) opener = index;
    open = scanned.open;
  });
  return result;
}

function setCloser(texts: (OpenText | undefined)[], opener: number, closer: number): void {
  for (let at = closer; at > opener; at -= 1) {
    const text = texts[at];
    if (text !== undefined) texts[at] = { ...text, closer };
  }
}

interface ScannedLine {
  /** What is open at the end of the line. */
  readonly open: LongText | undefined;
  /** It was not already open where the line begins; also `true` when nothing is open at the end. */
  readonly opensAnew: boolean;
  /** Behind the end of what is open where the line begins; `undefined` when the line does not end it. */
  readonly closedAt: number | undefined;
}

function scanLine(line: string, lexis: Lexis, before: LongText | undefined): ScannedLine {
  let open = before;
  let closedAt: number | undefined;
  let at = 0;
  while (at < line.length) {
    if (open !== undefined) {
      const ends = line.startsWith(open.close, at);
      at += ends ? open.close.length : open.escapes && line[at] === '\\' ? 2 : 1;
      if (ends) open = undefined;
      if (ends && before !== undefined) closedAt ??= at;
      continue;
    }
    if (lexis.lineComment !== undefined && line.startsWith(lexis.lineComment, at)) break;
    const start = at;
    open = lexis.long.find((text) => line.startsWith(text.open, start));
    at = open === undefined ? skipQuoted(line, at, lexis.quotes) : at + open.open.length;
  }
  return { open, opensAnew: before === undefined || closedAt !== undefined, closedAt };
}

/** Behind the string that begins at `at`, or behind the one character there. */
function skipQuoted(line: string, at: number, quotes: string): number {
  const quote = line[at] ?? '';
  if (!quotes.includes(quote)) return at + 1;
  for (let end = at + 1; end < line.length; end += 1) {
    if (line[end] === '\\') end += 1;
    else if (line[end] === quote) return end + 1;
  }
  return at + 1; // no second quote: an apostrophe
}
