import type { SourceLanguage } from '../source-language.ts';
import type { OpenText } from './open-text.ts';

/** Whether lines that begin with `+` and `-` say what comes and what goes, or belong to the code. */
export type SignReading = { readonly kind: 'signs' | 'code' } | { readonly kind: 'unclear'; readonly line: number };

const sign = /^[-+](?![-+])/u;

/** What a line of code begins with, so that `+` before it is no operator. */
const statement =
  /^(?:\s{2,}\S|\t|[@#}]|\/[/*]|(?:import|export|from|const|let|var|function|async|class|interface|type|enum|def|return|if|for|while|switch|case|try|throw|raise|func|fn|pub|use|struct|impl|static|public|private|protected|package|void|int|auto|using|template)\b)/u;

/**
 * Takes `-` at the beginning of a line for a sign only where file and snippet agree: the file has the line without it, and
 * not with it. `+` alone is one only before what cannot go on the line before.
 */
export function readSigns(
  lines: readonly string[],
  isMarker: readonly boolean[],
  open: readonly (OpenText | undefined)[],
  known: ReadonlySet<string>,
  language: SourceLanguage,
): SignReading {
  const signed = lines.flatMap((line, index) =>
    isMarker[index] !== true && sign.test(line) && !known.has(line.trim()) ? [index] : [],
  );
  const text = (index: number): string => (lines[index] ?? '').slice(1);
  const minus = signed.filter((index) => (lines[index] ?? '').startsWith('-'));
  const plus = signed.filter((index) => (lines[index] ?? '').startsWith('+'));
  const gone = minus.filter((index) => text(index).trim() !== '' && known.has(text(index).trim()));
  if (language === 'text') return readTextSigns(minus, plus, gone, known, text);
  // what begins with a sign inside a string or comment is content, unless the file has it without the sign
  const outside = signed.filter((index) => open[index] === undefined);
  const stray = outside.find((index) => minus.includes(index) && !gone.includes(index) && text(index).trim() !== '');
  if (stray !== undefined) return { kind: 'unclear', line: stray };
  const begins = (index: number): boolean => statement.test(text(index)) || endsBefore(lines[index - 1] ?? '');
  if (gone.length > 0) return { kind: 'signs' };
  if (outside.some((index) => plus.includes(index) && text(index).trim() !== '' && begins(index))) {
    return { kind: 'signs' };
  }
  return outside[0] === undefined ? { kind: 'code' } : { kind: 'unclear', line: outside[0] };
}

/** After such a line no expression goes on. */
function endsBefore(line: string): boolean {
  return /(?:^|[;{}])\s*$/u.test(line);
}

/** Lists of Markdown and YAML begin with signs, so that there must be no other explanation. */
function readTextSigns(
  minus: readonly number[],
  plus: readonly number[],
  gone: readonly number[],
  known: ReadonlySet<string>,
  text: (index: number) => string,
): SignReading {
  if (gone.length === 0) return { kind: 'code' };
  const fileHasLists = [...known].some((line) => /^[-+] /u.test(line));
  const comes = plus.filter((index) => !known.has(text(index).trim()));
  if (!fileHasLists && gone.length === minus.length && plus.length > 0 && comes.length === plus.length) {
    return { kind: 'signs' };
  }
  return { kind: 'unclear', line: gone[0] ?? 0 };
}
