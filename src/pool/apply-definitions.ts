import type { Edit } from '../engine/edit.ts';
import type { Definition, Outline } from '../engine/merge/outline.ts';

/**
 * An edit in pieces of one definition each, with the comments above it; in one piece where it holds anything else.
 * @param outline of the edit
 */
export function splitDefinitions(edit: string, outline: Outline): readonly string[] {
  if (outline.errors.length > 0) return [edit];
  const pieces: string[] = [];
  let end = 0;
  for (const definition of outline.definitions) {
    if (definition.container >= 0 || definition.start < end) continue;
    if (!isCommentary(outline, edit, end, definition.start)) return [edit];
    pieces.push(edit.slice(end, definition.end));
    end = definition.end;
  }
  return pieces.length > 0 && isCommentary(outline, edit, end, edit.length) ? pieces : [edit];
}

/** Nothing but comments and white space. */
function isCommentary({ comments }: Outline, text: string, start: number, end: number): boolean {
  let rest = '';
  let at = start;
  for (let index = 0; index < comments.length; index += 2) {
    const from = comments[index] ?? 0;
    if (from < at || from >= end) continue;
    rest += text.slice(at, from);
    at = Math.min(comments[index + 1] ?? end, end);
  }
  return (rest + text.slice(at, end)).trim() === '';
}

/** All names that can be used from outside of functions, each as often as it is there, as one text. */
export function namesInReach({ definitions }: Outline): string {
  const paths: (string | undefined)[] = [];
  const names: string[] = [];
  for (const definition of definitions) {
    const { name, kind, container } = definition;
    const holder = container < 0 ? '' : paths[container];
    if (holder !== undefined) names.push(`${holder}${name} ${kind}`);
    paths.push(holder === undefined || isFunction(definition) ? undefined : `${holder}${name}.`);
  }
  return names.sort().join('\n');
}

/**
 * Whether each edit lies in a definition whose name the file has once, or, where a name has several signatures, whose
 * signature it has once before and after: resemblance cannot tell things of one name apart.
 */
export function editsUniqueDefinitions(before: Outline, after: Outline, edits: readonly Edit[]): boolean {
  return edits.every((edit) => {
    const edited = definitionAround(before.definitions, edit);
    if (edited === undefined) return false;
    const { name, signature } = edited;
    const count = ({ definitions }: Outline, isSame: (one: Definition) => boolean): number =>
      definitions.filter((one) => one.name === name && isSame(one)).length;
    if (count(before, () => true) === 1) return true;
    const hasSignature = (one: Definition): boolean => one.signature === signature;
    return count(before, hasSignature) === 1 && count(after, hasSignature) === 1;
  });
}

/** The outermost function around an edit; without one, the innermost definition of another kind. */
function definitionAround(definitions: readonly Definition[], { start, end }: Edit): Definition | undefined {
  const around = definitions.filter((one) => one.start <= start && end <= one.end);
  return around.find(isFunction) ?? around.at(-1);
}

function isFunction({ kind }: Definition): boolean {
  return kind === 'function' || kind === 'method';
}
