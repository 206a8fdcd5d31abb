import { BoosterError } from '../shared/errors.ts';

/** Words that strict-mode modules and TypeScript take for themselves, also as names of types. */
const reserved = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static ' +
    'super switch this throw true try typeof var void while with yield any unknown never object string number boolean ' +
    'symbol bigint undefined arguments eval async of'
  ).split(' '),
);

export function isIdentifier(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text) && !reserved.has(text);
}

/**
 * The name that a request must carry, as it was given.
 * @throws BoosterError E_GENERATE_NAME
 */
export function requireIdentifier(name: string | undefined, what: string): string {
  if (name === undefined) throw new BoosterError('E_GENERATE_NAME', `the name of ${what} is missing`);
  if (isIdentifier(name)) return name;
  const near = pascalCase(name);
  const hint = isIdentifier(near) ? ` (${near} would be one)` : '';
  const why = reserved.has(name) ? 'is a reserved word' : 'is no identifier';
  throw new BoosterError('E_GENERATE_NAME', `${JSON.stringify(name.slice(0, 60))} ${why}${hint}`, { name });
}

/** `list users`, `list-users` → `ListUsers`; letters that no identifier may hold end a word. */
export function pascalCase(text: string): string {
  return wordsOf(text)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** `ListUsers`, `list users` → `list-users`. */
export function kebabCase(text: string): string {
  return wordsOf(text)
    .map((word) => word.toLowerCase())
    .join('-');
}

function wordsOf(text: string): string[] {
  return text.match(/\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{Lt}]+\d*|\d+|[$_]+/gu) ?? [];
}
