import type { SourceLanguage } from '../source-language.ts';

/** Names that lines at the left edge define, in any of the languages; fields and statements have none. */
const header =
  /^(?:(?:export|default|declare|abstract|async|public|private|protected|static|final|pub(?:\([a-z]+\))?|unsafe|extern|inline|const|let|var|virtual|sealed)\s+)*(?:(?:function|class|interface|enum|struct|union|trait|type|def|fn|func|const|let|var|namespace|module|mod|record|impl|package|static)\b\*?\s*(?:<[^<>]*>\s*)?(?:\([^()]*\)\s*)?(?<name>[\p{L}_$][\p{L}\p{N}_$]*))/u;

/** `int *parse(const char *text) {` and `Type Owner::method() const {`. */
const nativeHeader =
  /^(?!return\b|else\b|if\b|for\b|while\b|switch\b)[\p{L}_][\p{L}\p{N}_:<>,*& ]*[ *&](?<name>~?[\p{L}_][\p{L}\p{N}_:~]*)\s*\(/u;

const longestLine = 300;

/** Share of the file's different lines that a whole new file must still have. */
const commonShare = 0.5;

/**
 * Whether lines without a marker are the whole file: they begin and end as it does, keep every name that it defines at the
 * left edge and half of its lines. What is not certain is left to the merge, which refuses rather than drop code.
 */
export function isFullFile(lines: readonly string[], file: readonly string[], language: SourceLanguage): boolean {
  const edit = filled(lines);
  const old = filled(file);
  if (old.length < 2 || edit.length < 2) return false;
  const sameStart = edit[0] === old[0];
  const sameEnd = edit.at(-1) === old.at(-1);
  const share = commonLines(edit, old);
  if (language === 'text') return sameStart && sameEnd && share >= commonShare;
  const kept = new Set(definedNames(lines));
  const names = definedNames(file);
  if (names.some((name) => !kept.has(name))) return false;
  if (sameStart && sameEnd) return share >= commonShare;
  return names.length >= 2 && (sameStart || sameEnd) && share >= commonShare && keepsLeftEdge(lines, file, kept);
}

/** All lines at the left edge that name nothing, such as imports, are there. */
function keepsLeftEdge(lines: readonly string[], file: readonly string[], kept: ReadonlySet<string>): boolean {
  const present = new Set(filled(lines));
  return file.every((line) => {
    if (!/^[\p{L}_@#]/u.test(line) || present.has(line.trim())) return true;
    const name = definedName(line);
    return name !== undefined && kept.has(name);
  });
}

function definedNames(lines: readonly string[]): string[] {
  return lines.flatMap((line) => definedName(line) ?? []);
}

function definedName(line: string): string | undefined {
  if (line.length > longestLine || /^\s/u.test(line)) return undefined;
  return (header.exec(line) ?? nativeHeader.exec(line))?.groups?.['name'];
}

function filled(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function commonLines(edit: readonly string[], old: readonly string[]): number {
  const there = new Set(edit);
  const different = new Set(old);
  return [...different].filter((line) => there.has(line)).length / different.size;
}
