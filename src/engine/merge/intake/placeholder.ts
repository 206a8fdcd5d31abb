import type { SourceLanguage } from '../source-language.ts';
import { commentBody } from './comment-body.ts';

/** What prompts, chat windows, version control and model vocabularies leave in edits, and no program contains. */
const anywhere: readonly RegExp[] = [
  /\{\{\s*(?:change|edit|update)[ _-]?\d*\s*\}\}/iu,
  /<\|(?:im_start|im_end|endoftext|end_of_text|eot_id|fim_\w+|file_sep)\|>/u,
  /(?:\.{3}|…)\s*[[(<]\s*(?:output |content |code |text )?truncated\b[^\])>]*[\])>]/iu,
];

const wholeComment: readonly RegExp[] = [
  /^(?:FIRST|SECOND|THIRD|FOURTH|FIFTH|NEXT|LAST)_(?:EDIT|CHANGE)$/u,
  /^\[?(?:BEGIN|END|START) (?:REPLACE|EDIT|CHANGE|INSERT)\b/u,
  /^[[(<](?:\.{3}|…)?\s*(?:(?:output|content|code|text|file|\d+ (?:more )?(?:lines|characters|chars)) )?(?:was |were )?(?:truncated|omitted|elided|hidden|snipped)\b[^\])>]*[\])>]$/iu,
  /^(?:\.{3}|…)\s*\(?\d+ (?:more )?lines\b.*$/iu,
];

const wholeLine: readonly RegExp[] = [
  /^<{7}(?: |$)/u,
  /^>{7}(?: |$)/u,
  /^\|{7}(?: |$)/u,
  /^<\/?(?:code|update|instructions?|edit|updated-code|code_edit|target_file|original|snippet)>$/u,
];

/** Where a prompt wanted code. Templates (Vue, Jinja, Handlebars) have such lines by right, so that it counts in programs only. */
const unfilledSlot =
  /^\{\{\s*(?:(?:your|the|new|updated|changed|edited|existing|rest[ _-]of)[ _-]+)*(?:code|code[ _-]?(?:edit|snippet|block|here)|snippet|content|placeholder|implementation)(?:[ _-]here)?\s*\}\}[;,]?$/iu;

const longestLine = 400;

/** Whether a line that the file does not have is left over from a prompt, a cut-off output or a version conflict. */
export function isPlaceholder(line: string, language: SourceLanguage): boolean {
  const head = line.trim().slice(0, longestLine);
  if (anywhere.some((pattern) => pattern.test(head)) || wholeLine.some((pattern) => pattern.test(head))) return true;
  if (language !== 'text' && unfilledSlot.test(head)) return true;
  const { body } = commentBody(head);
  return wholeComment.some((pattern) => pattern.test(body));
}
