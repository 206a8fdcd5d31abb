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
  return definitionsInReach(definitions)
    .map(({ definition, path }) => `${path} ${definition.kind}`)
    .sort()
    .join('\n');
}

/**
 * Whether a text holds a snippet as one whole definition that can be reached from outside of functions, white space and
 * comments above it apart: resemblance also takes a loop for the function that it stands in.
 * @param outline of the text
 */
export function holdsDefinition(text: string, outline: Outline, snippet: string): boolean {
  const wanted = withoutSpace(snippet);
  return definitionsInReach(outline.definitions).some(({ definition: { start, end } }) => {
    const own = withoutSpace(text.slice(start, end));
    return wanted.endsWith(own) && /^(?:(?:\/\/|#|\/\*|\*).*|)$/.test(wanted.slice(0, wanted.length - own.length));
  });
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}

interface ReachedDefinition {
  readonly definition: Definition;
  /** Names of its containers and its own. */
  readonly path: string;
}

function definitionsInReach(definitions: readonly Definition[]): ReachedDefinition[] {
  const paths: (string | undefined)[] = [];
  const reached: ReachedDefinition[] = [];
  for (const definition of definitions) {
    const holder = definition.container < 0 ? '' : paths[definition.container];
    const path = holder === undefined ? undefined : `${holder}${definition.name}`;
    if (path !== undefined) reached.push({ definition, path });
    paths.push(path === undefined || isFunction(definition) ? undefined : `${path}.`);
  }
  return reached;
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
