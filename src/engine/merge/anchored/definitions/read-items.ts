import type { Snippet } from '../../snippet.ts';
import type { LinedDefinition, LinedOutline } from './snippet-outline.ts';

/** A part of one level of the edit: lines `[first, end)` of the snippet. */
export type Item =
  | { readonly kind: 'marker'; readonly first: number; readonly end: number }
  | { readonly kind: 'import'; readonly first: number; readonly end: number }
  | { readonly kind: 'code'; readonly first: number; readonly end: number }
  | {
      readonly kind: 'definition';
      /** Comments right above included. */
      readonly first: number;
      readonly end: number;
      /** Overloads of one function, one behind the other, are one item. */
      readonly definitions: readonly LinedDefinition[];
      readonly hasMarker: boolean;
    };

export type DefinitionItem = Extract<Item, { kind: 'definition' }>;

/** What lines `[from, to)` of the edit consist of, one level below `container`. */
export function readItems(
  snippet: Snippet,
  outline: LinedOutline,
  container: number,
  from: number,
  to: number,
): Item[] {
  const items: Item[] = [];
  const heads = new Map<number, LinedDefinition>();
  for (const definition of outline.definitions)
    if (definition.container === container && !heads.has(definition.firstLine))
      heads.set(definition.firstLine, definition);
  const imports = new Map(outline.imports.map((range) => [range.first, range.end]));
  let comments = -1;
  for (let line = from; line < to;) {
    const text = snippet.lines[line] ?? '';
    const isMarker = snippet.isMarker[line] === true;
    const definition = heads.get(line);
    const start = line;
    line = definition === undefined ? line + 1 : Math.max(definition.end, line + 1);
    if (definition !== undefined) {
      const first = comments >= 0 ? comments : start;
      addDefinition(items, snippet, { first, end: line, definition });
    } else if (isMarker) items.push({ kind: 'marker', first: start, end: line });
    else if (text.trim() !== '' && outline.isComment(start)) {
      if (comments < 0) comments = start;
      continue;
    } else {
      if (comments >= 0) items.push({ kind: 'code', first: comments, end: start });
      const importEnd = imports.get(start);
      line = importEnd ?? line;
      if (text.trim() !== '')
        items.push({ kind: importEnd === undefined ? 'code' : 'import', first: start, end: line });
    }
    comments = -1;
  }
  if (comments >= 0) items.push({ kind: 'code', first: comments, end: to });
  return items;
}

function addDefinition(
  items: Item[],
  snippet: Snippet,
  { first, end, definition }: { readonly first: number; readonly end: number; readonly definition: LinedDefinition },
): void {
  const last = items.at(-1);
  const isOverload =
    last?.kind === 'definition' &&
    last.definitions.at(-1)?.kind === 'signature' &&
    last.definitions.at(-1)?.name === definition.name;
  if (isOverload) {
    items[items.length - 1] = { ...last, end, definitions: [...last.definitions, definition] };
    return;
  }
  const hasMarker = snippet.isMarker.slice(first, end).includes(true);
  items.push({ kind: 'definition', first, end, definitions: [definition], hasMarker });
}
