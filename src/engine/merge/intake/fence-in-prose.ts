import type { SourceLanguage } from '../source-language.ts';
import { isFence, isFileName, type Unwrapped } from './unwrap-fence.ts';
import { readMarkerLine } from './marker-line.ts';

/** Signs that code has and a sentence seldom; what is not plainly prose stays with the edit, which is then refused. */
const codeSigns = /[{};=<>\\]/u;

/** A sentence, or the end of one that introduces the fence. Headers of Python end so, too, but begin small. */
const sentence = /^(?:[*_#>-]+ ?|\d+\. )?[\p{Lu}`](?:.*\S)?(?:[.!?]|\s.*:)[*_]*$/u;

/** Longer lines are no sentences; also keeps hostile lines away from the expressions here. */
const longestSentence = 400;

/** Languages of files that a Markdown file seldom quotes line by line; a fence in any other may be what is added to it. */
const textInfo = /^(?:css|scss|sass|less|html?|xml|ya?ml|jsonc?|json5|toml|sql|vue|svelte)\b/iu;

/**
 * The lines of the one fence in an answer that talks around it ("Here is the change:"); `undefined` when anything outside
 * could be code or speaks of the file, or when the file has fences of its own.
 */
export function fenceInProse(
  lines: readonly string[],
  known: ReadonlySet<string>,
  language: SourceLanguage,
): Unwrapped | undefined {
  const fences = lines.flatMap((line, at) => (isFence(line) ? [at] : []));
  const [open, close] = fences;
  if (open === undefined || close === undefined || fences.length > 2) return undefined;
  const marks = /^[`~]+/u.exec(lines[open] ?? '')?.[0];
  if (marks === undefined || lines[close]?.trimEnd() !== marks) return undefined;
  const around = [...lines.slice(0, open), ...lines.slice(close + 1)].filter((line) => line.trim() !== '');
  if (around.length === 0 || !around.every((line) => isProse(line, known))) return undefined;
  if ([...known].some((line) => isFence(line))) return undefined;
  const inside = lines.slice(open + 1, close);
  if (language === 'text' && !isTextEdit((lines[open] ?? '').slice(marks.length).trim(), inside, known)) {
    return undefined;
  }
  return { lines: inside, offset: open + 1 };
}

function isProse(line: string, known: ReadonlySet<string>): boolean {
  const marks = line.split('`').length - 1;
  return (
    line.length <= longestSentence &&
    (sentence.test(line.trimEnd()) || isFileName(line)) &&
    line === line.trimStart() &&
    marks % 2 === 0 &&
    !codeSigns.test(line.replace(/`[^`]*`/gu, '')) &&
    !known.has(line.trim()) &&
    readMarkerLine(line) === 'none'
  );
}

function isTextEdit(info: string, inside: readonly string[], known: ReadonlySet<string>): boolean {
  const met = inside.filter((line) => /\w\w/u.test(line) && known.has(line.trim()));
  return textInfo.test(info) && (met.length > 0 || inside.some((line) => readMarkerLine(line) === 'marker'));
}
