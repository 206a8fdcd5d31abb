import { applyEdits } from '../engine/edit.ts';
import { sourceLanguageOfPath } from '../engine/merge/source-language.ts';
import { BoosterError } from '../shared/errors.ts';
import type { ApplyPool } from './pool-port.ts';

interface Owner {
  /** Index of the row that opens it. */
  readonly row: number;
  readonly closing: number;
  readonly indent: string;
  readonly isObject: boolean;
}

export interface Members {
  /** With line feeds. */
  readonly text: string;
  readonly imports: readonly string[];
  /** As {@link indentMembers} gives it. */
  readonly body: string;
  /** Name of a class, interface or enum, or of a variable that holds an object. */
  readonly owner: string;
  readonly path: string;
  readonly signal: AbortSignal;
}

/**
 * Members, indented as those of the class or object that they go into.
 * @throws BoosterError E_GENERATE_PLACE
 */
export function indentMembers(text: string, body: string, owner: string, path: string): string {
  const rows = text.split('\n');
  const { row, closing, indent } = ownerIn(rows, owner, path);
  const first = rows.slice(row + 1, closing).find((each) => each.trim() !== '') ?? `${indent}  `;
  const [inner = ''] = /^[ \t]*/.exec(first) ?? [];
  const given = body.trim() === '' ? [] : body.replace(/^\n+/, '').trimEnd().split('\n');
  const indents = given.filter((each) => each.trim() !== '').map((each) => /^[ \t]*/.exec(each)?.[0].length ?? 0);
  const common = Math.min(...indents);
  return `${given.map((each) => (each.trim() === '' ? '' : inner + each.slice(common))).join('\n')}\n`;
}

/**
 * Puts members at the end of a class or an object, by the engine of `apply` and its gate. Nothing else may change: a member that is
 * there already would be replaced, and is refused.
 *
 * @throws BoosterError E_GENERATE_PLACE, E_GENERATE_EXISTS, E_APPLY_* when the engine refuses
 */
export async function insertMembers(pool: ApplyPool, members: Members): Promise<string> {
  const { text, imports, body, path, owner, signal } = members;
  const rows = text.split('\n');
  const place = ownerIn(rows, owner, path);
  const taken = namesIn(rows.slice(place.row + 1, place.closing));
  const twice = [...namesIn(body.split('\n'))].find((name) => taken.has(name));
  if (twice !== undefined) {
    const message = `${path}: ${owner} has a member ${twice} already; nothing was written`;
    throw new BoosterError('E_GENERATE_EXISTS', message, { path, name: twice });
  }
  const edit = editOf(members, place);
  const request = { text, edit, language: sourceLanguageOfPath(path), strictness: 'balanced' } as const;
  const result = await pool.executeTask({ kind: 'apply', request }, { where: 'in-process', signal });
  if (result.status === 'refused') {
    throw new BoosterError(result.code, `${path}: ${result.message} Nothing was written.`, { path });
  }
  const after = applyEdits(text, result.edits);
  if (result.deleted.length > 0 || !isOnlyAdded(text, after, [...imports, ...body.split('\n')])) {
    const message = `${path}: the members would change more of ${owner} than they add; nothing was written`;
    throw new BoosterError('E_GENERATE_PLACE', message, { path });
  }
  return after;
}

function ownerIn(rows: readonly string[], name: string, path: string): Owner {
  const refuse = (why: string): never => {
    throw new BoosterError('E_GENERATE_PLACE', `${path}: ${why}; nothing was written`, { path });
  };
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name))
    refuse(`${JSON.stringify(name)} is no name of a class or an object`);
  const escaped = name.replaceAll('$', String.raw`\$`);
  const opening = new RegExp(
    String.raw`^(?:[ \t]*)(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:(?:(?:abstract\s+)?class|interface|enum|const\s+enum)\s+${escaped}(?![\p{ID_Continue}$])|(?:const|let|var)\s+${escaped}(?![\p{ID_Continue}$])[^=]*=)`,
    'u',
  );
  const found = rows.flatMap((each, index) => (opening.test(each) ? [index] : []));
  const [row, second] = found;
  if (row === undefined) return refuse(`no class or object is called ${name}`);
  if (second !== undefined) refuse(`lines ${found.map((each) => String(each + 1)).join(', ')} define ${name}`);
  const head = rows[row] ?? '';
  const [indent = ''] = /^[ \t]*/.exec(head) ?? [];
  const isClosing = (each: string): boolean => each.startsWith(`${indent}}`);
  const closing = rows.findIndex((each, index) => index > row && isClosing(each));
  if (!/\{\s*$/.test(head) || closing === -1)
    refuse(`${name} does not open at the end of line ${String(row + 1)} and close on a line of its own`);
  return { row, closing, indent, isObject: !/\b(?:class|interface)\s/.test(head) };
}

const member =
  /^([ \t]*)(?:(?:public|private|protected|static|readonly|override|abstract|declare|async|accessor)\s+)*\*?\s*((?:(?:get|set)\s+)?(?:[#\w$]+|'[^']*'|"[^"]*"))\s*(?:[(:=?!<;,]|$)/;

/** Names of the members among rows: those that are indented least. */
function namesIn(rows: readonly string[]): Set<string> {
  const written = rows.filter((row) => row.trim() !== '');
  const least = Math.min(...written.map((row) => row.length - row.trimStart().length));
  return new Set(
    written.flatMap((row) => {
      const [, indent = '', name = ''] = member.exec(row) ?? [];
      return name !== '' && indent.length === least ? [name.replace(/^(['"])(.*)\1$/, '$2')] : [];
    }),
  );
}

/** Its first and last line, a marker for the members that stay, and behind it the new ones. */
function editOf({ text, imports, body }: Members, { row, closing, indent, isObject }: Owner): string {
  const rows = text.split('\n');
  const marker = '// ... existing code ...';
  const before = rows.slice(0, row).some((each) => each.trim() !== '') ? [marker, ''] : [];
  const behind = rows.slice(closing + 1).some((each) => each.trim() !== '') ? ['', marker] : [];
  const members = rows.slice(row + 1, closing).some((each) => each.trim() !== '');
  const kept = members ? [`${indent}  ${marker}`, ...(isObject ? [] : [''])] : [];
  return [
    ...[...imports, ...before, rows[row] ?? '', ...kept, body.trimEnd(), rows[closing] ?? ''],
    ...[...behind, ''],
  ].join('\n');
}

/** Whether all old rows are still there, in their order, and what came is what was to come, or empty; a comma may come at an end. */
function isOnlyAdded(before: string, after: string, added: readonly string[]): boolean {
  const wanted = added.filter((row) => row.trim() !== '');
  const rows = before.split('\n');
  let at = 0;
  for (const row of after.split('\n')) {
    if (row === rows[at] || row === `${rows[at] ?? ''},`) at += 1;
    else if (row === wanted[0]) wanted.shift();
    else if (row.trim() !== '') return false;
  }
  return at === rows.length && wanted.length === 0;
}
