import type { SourceLanguage } from '../source-language.ts';

/** Names that lines define, in any of the languages; statements have none. */
const header =
  /^(?:(?:export|default|declare|abstract|async|public|private|protected|static|final|pub(?:\([a-z]+\))?|unsafe|extern|inline|const|let|var|virtual|sealed)\s+)*(?:(?:function|class|interface|enum|struct|union|trait|type|def|fn|func|const|let|var|namespace|module|mod|record|impl|package|static)\b\*?\s*(?:<[^<>]*>\s*)?(?:\([^()]*\)\s*)?(?<name>[\p{L}_$][\p{L}\p{N}_$]*))/u;

/** `int *parse(const char *text) {` and `Type Owner::method() const {`. */
const nativeHeader =
  /^(?!return\b|else\b|if\b|for\b|while\b|switch\b)[\p{L}_][\p{L}\p{N}_:<>,*& ]*[ *&](?<name>~?[\p{L}_][\p{L}\p{N}_:~]*)\s*\(/u;

/** `name(parameters) {` of a method. */
const member =
  /^(?!return\b|else\b|if\b|for\b|while\b|switch\b|catch\b)(?:(?:get|set|async|static)\s+)*[*#]?(?<name>[\p{L}_$][\p{L}\p{N}_$]*)\s*\([^;]*\{$/u;

/** Tests have a title instead of a name. */
const titled = /^\s*(?:it|test|describe|context|suite|bench)(?:\.\w+)*\(\s*(?<name>(?:'[^']*'|"[^"]*"|`[^`]*`))/u;

const longestLine = 300;

/** Shares of the file's different lines that a whole new file must still have. */
const shareWithAllNames = 0.5;
const shareWithoutNames = 0.8;

/**
 * Whether lines without a marker are the whole file: they begin and end as it does and keep every name that it defines and
 * half of its lines, or nearly all of its lines. What is not certain is left to the merge, which refuses rather than drop
 * code.
 */
export function isFullFile(lines: readonly string[], file: readonly string[], language: SourceLanguage): boolean {
  const edit = filled(lines);
  const old = filled(file);
  // of an empty file nothing can be lost, whatever is meant
  if (old.length === 0) return true;
  if (old.length < 2 || edit.length < 2 || edit[0] !== old[0] || edit.at(-1) !== old.at(-1)) return false;
  const share = commonLines(edit, old);
  if (share >= shareWithoutNames) return true;
  if (share < shareWithAllNames) return false;
  if (language === 'text') return false;
  const names = new Set(definedNames(file));
  const kept = new Set(definedNames(lines));
  return names.size > 0 && [...names].every((name) => kept.has(name));
}

function definedNames(lines: readonly string[]): string[] {
  return lines.flatMap((line) => definedName(line) ?? []);
}

function definedName(line: string): string | undefined {
  if (line.length > longestLine) return undefined;
  const trimmed = line.trim();
  const found = header.exec(trimmed) ?? titled.exec(trimmed) ?? nativeHeader.exec(trimmed) ?? member.exec(trimmed);
  return found?.groups?.['name'];
}

/** Without blank lines; indentation counts, so that a closing bracket further in is no end of the file. */
function filled(lines: readonly string[]): string[] {
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
}

function commonLines(edit: readonly string[], old: readonly string[]): number {
  const there = new Set(edit);
  const different = new Set(old);
  return [...different].filter((line) => there.has(line)).length / different.size;
}
