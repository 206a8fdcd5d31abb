/** One statement with names in braces, e.g. `import type { A, b as c } from './m.ts';`. */
interface NamedImport {
  readonly isType: boolean;
  readonly module: string;
  /** As written, without spaces around them. */
  readonly names: readonly string[];
  /** Offset behind the last name, and what stands between names. */
  readonly end: number;
  readonly divider: string;
}

const named =
  /import(?<type>\s+type)?(?:\s*)\{(?<names>[^{}]*)\}\s*from\s*(?<quote>['"])(?<module>[^'"\n]+)\k<quote>(?!\s*(?:with|assert)\b)[ \t]*(?:;|(?=\n|$))/y;
/** Any other import; one with a comment in it ends the search. */
const other = /import\b[^;'"`/(]*(['"])[^'"\n]*\1[^;\n]*(?:;|(?=\n|$))/y;
const between = /(?:\s+|\/\/[^\n]*|\/\*[^]*?\*\/|#![^\n]*|(['"])use [a-z]+\1;?)+/y;
const name = /^(?:type\s+)?[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\s+as\s+[\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u;

/**
 * Puts names into the import statements that a file has from the same module already: of the same kind (types or values), without
 * attributes, and without comments between their names. Only the imports at the head of the file count, where none can be the inside
 * of a text.
 *
 * @param imports statements of one line each
 * @returns the file, and the statements that have no other one to go into
 */
export function joinImports(
  text: string,
  imports: readonly string[],
): { readonly text: string; readonly rest: readonly string[] } {
  const rest: string[] = [];
  let joined = text;
  for (const each of imports) {
    const wanted = namedAt(each, 0);
    const present = namedImportsOf(joined).filter(({ module }) => module === wanted?.module);
    if (wanted === undefined || present.length === 0) {
      rest.push(each);
      continue;
    }
    // a value can be used as a type
    const known = new Set(present.flatMap(({ isType, names }) => (isType && !wanted.isType ? [] : names)));
    const missing = wanted.names.filter((one) => !known.has(one) && !known.has(one.replace(/^type\s+/, '')));
    const place = present.find(({ isType, names }) => isType === wanted.isType && names.length > 0);
    if (missing.length > 0 && place === undefined) rest.push(withNames(each, wanted, missing));
    else if (place !== undefined) {
      const added = missing.map((one) => place.divider + one).join('');
      joined = joined.slice(0, place.end) + added + joined.slice(place.end);
    }
  }
  return { text: joined, rest };
}

function withNames(statement: string, { names }: NamedImport, missing: readonly string[]): string {
  return missing.length === names.length ? statement : statement.replace(/\{[^}]*\}/, `{ ${missing.join(', ')} }`);
}

function namedImportsOf(text: string): NamedImport[] {
  const found: NamedImport[] = [];
  let at = 0;
  for (;;) {
    const next = [between, named, other].map((pattern) => endOf(pattern, text, at)).find((end) => end !== undefined);
    if (next === undefined) return found;
    const one = namedAt(text, at);
    if (one !== undefined) found.push(one);
    at = next;
  }
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function namedAt(text: string, at: number): NamedImport | undefined {
  named.lastIndex = at;
  const match = named.exec(text);
  const { names = '', module = '', type } = match?.groups ?? {};
  const parts = names.split(',').map((each) => each.trim());
  if (parts.at(-1) === '') parts.pop();
  if (match === null || !parts.every((each) => name.test(each))) return undefined;
  const last = parts.at(-1) ?? '';
  const open = at + match[0].indexOf('{') + 1;
  const rows = /\n[ \t]*(?=\S)/.exec(names);
  return {
    isType: type !== undefined,
    module,
    names: parts.map((each) => each.replace(/\s+/g, ' ')),
    end: open + names.lastIndexOf(last) + last.length,
    divider: rows === null ? ', ' : `,${rows[0]}`,
  };
}
