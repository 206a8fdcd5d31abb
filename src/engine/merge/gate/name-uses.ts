import type { Assembled } from './assembled.ts';
import { lineStarts } from '../text-lines.ts';
import { isCommentLine } from './comment-line.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { Span } from './file-lines.ts';
import { lowerBound } from './place-pieces.ts';

const word = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Names as they stand in file and result; read when a rule asks for the first time. */
export class NameUses {
  readonly #assembled: Assembled;
  #gone: ReadonlyMap<string, number> | undefined;
  readonly #stay = new Map<string, number>();

  constructor(assembled: Assembled) {
    this.#assembled = assembled;
  }

  /** The lines define something that the edit used to be used elsewhere, and after the edit nothing else uses it. */
  areOutOfUse(names: readonly string[], { from, to }: Span): boolean {
    if (names.length === 0) return false;
    if (!names.some((name) => this.#goneNames.has(name))) return false;
    const inside = count(this.#lines(from, to));
    return names.some((name) => this.#goneNames.has(name) && this.#staying(name) <= (inside.get(name) ?? 0));
  }

  /** The edit took out all uses of the definition along with it; uses by others, not by itself. */
  wentOutOfUse({ startLine, endLine, definition: { name } }: PlacedDefinition): boolean {
    if (!this.#goneNames.has(name) || this.#staying(name) > 0) return false;
    const own = count(this.#lines(startLine, endLine + 1)).get(name) ?? 0;
    return (this.#goneNames.get(name) ?? 0) > own;
  }

  /** The lines use a name that an import brought, and the edit took that import out. */
  areInNeed({ from, to }: Span): boolean {
    const { input, merged } = this.#assembled;
    const imports = importLines(this.#assembled);
    if (imports.size === 0) return false;
    const gone = merged.hunks.flatMap(({ start, end }) =>
      Array.from({ length: end - start }, (_, index) => start + index).filter((line) => imports.has(line)),
    );
    if (gone.length === 0) return false;
    const inside = count(this.#lines(from, to));
    const names = new Set(gone.flatMap((line) => (input.text.lines[line] ?? '').match(word) ?? []));
    return [...names].some((name) => (inside.get(name) ?? 0) > 0 && this.#staying(name) <= (inside.get(name) ?? 0));
  }

  #lines(from: number, to: number): readonly string[] {
    return this.#assembled.input.text.lines.slice(from, to);
  }

  get #goneNames(): ReadonlyMap<string, number> {
    const { merged, input } = this.#assembled;
    this.#gone ??= count(merged.hunks.flatMap(({ start, end }) => input.text.lines.slice(start, end)));
    return this.#gone;
  }

  /** How often a name stands in the result. */
  #staying(name: string): number {
    let uses = this.#stay.get(name);
    if (uses === undefined) {
      const lines = this.#assembled.merged.rows.flatMap(({ line }) => (line.includes(name) ? [line] : []));
      uses = count(lines).get(name) ?? 0;
      this.#stay.set(name, uses);
    }
    return uses;
  }
}

const knownUses = new WeakMap<Assembled, NameUses>();

export function nameUses(assembled: Assembled): NameUses {
  const uses = knownUses.get(assembled) ?? new NameUses(assembled);
  knownUses.set(assembled, uses);
  return uses;
}

/** How often each name stands in lines that are no comments. */
function count(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines.filter((one) => !isCommentLine(one)))
    for (const [name] of line.matchAll(word)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Lines of the file that belong to a statement that brings names in. */
function importLines({ input }: Assembled): ReadonlySet<number> {
  const lines = new Set<number>();
  const imports = input.outline?.imports;
  if (imports === undefined) return lines;
  const starts = lineStarts(input.text);
  for (let index = 0; index + 1 < imports.length; index += 2) {
    const last = lowerBound(starts, imports[index + 1] ?? 0) - 1;
    for (let line = lowerBound(starts, (imports[index] ?? 0) + 1) - 1; line <= last; line += 1) lines.add(line);
  }
  return lines;
}
