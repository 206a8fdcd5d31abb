import type { Refusal } from '../../merge.ts';
import { refuse } from '../../refuse.ts';
import { editLineOf } from '../edit-line.ts';
import type { Replacement } from '../render-changes.ts';
import { segmentOf, type LevelContext } from './level-context.ts';
import { findDefinition } from './find-definition.ts';
import { placeNew, type NewPlace } from './place-new.ts';
import { readItems, type DefinitionItem, type Item } from './read-items.ts';
import { replaceDefinition, replaceHeader } from './replace-definition.ts';
import { alignInside } from './align-inside.ts';
import type { LinedDefinition } from './snippet-outline.ts';
import { takesSelf } from './takes-self.ts';

/** `unsupported`: names alone do not tell it. */
export type Problem = Refusal | 'unsupported';

/** Merges one level of an edit: definitions by name, new ones at the place that their neighbours tell. */
export class LevelMerger {
  readonly replacements: Replacement[] = [];
  readonly #context: LevelContext;

  constructor(context: LevelContext) {
    this.#context = context;
  }

  /** @param container index in the file's outline; -1 on top level, `undefined` for methods without their class */
  merge(items: readonly Item[], container: number | undefined): Problem | undefined {
    const { file, input } = this.#context;
    const targets: (readonly LinedDefinition[] | undefined)[] = [];
    for (const item of items) {
      if (item.kind === 'code') return 'unsupported';
      if (item.kind !== 'definition') {
        targets.push(undefined);
        continue;
      }
      const scope = container === -1 ? undefined : container;
      const named = file.named(item.definitions.at(-1)?.name ?? '');
      const reachable = container === -1 ? this.#sendable(item, named) : named;
      const found = findDefinition(item.definitions, reachable, scope, input.language);
      if (found.kind === 'several') return this.#ambiguous(item, found.definitions);
      targets.push(found.kind === 'one' ? found.definitions : undefined);
    }
    for (const [index, item] of items.entries()) {
      const target = targets[index];
      if (item.kind !== 'definition') continue;
      const problem =
        target === undefined ? this.#insert(items, targets, index, container) : this.#replace(item, target);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  /** Those of its name that an item without a container can stand for: what is in a class only when it reads the same outside. */
  #sendable(item: DefinitionItem, named: readonly LinedDefinition[]): readonly LinedDefinition[] {
    const { file, input } = this.#context;
    const sent = input.snippet.lines[item.definitions.at(-1)?.headerLine ?? item.first] ?? '';
    return named.filter(({ container, headerLine }) => {
      const holder = file.definitions[container]?.kind;
      if (holder === undefined || holder === 'module' || holder === 'function' || holder === 'method') return true;
      return takesSelf(sent) && takesSelf(input.text.lines[headerLine] ?? '');
    });
  }

  #replace(item: DefinitionItem, target: readonly LinedDefinition[]): Problem | undefined {
    if (!item.hasMarker) return this.#add(replaceDefinition(item, target, this.#context));
    const [one] = target;
    const [sent] = item.definitions;
    if (one === undefined || sent === undefined || target.length > 1 || item.definitions.length > 1)
      return 'unsupported';
    const header = replaceHeader(item, one, this.#context);
    if (header !== undefined) {
      const known = this.replacements.length;
      const { input, edit } = this.#context;
      const isIndented = input.language === 'python';
      const body = readItems(input.snippet, edit, sent.index, ...bodyLines(sent, isIndented));
      const problem = this.merge(body, one.index);
      if (problem !== 'unsupported') return problem ?? this.#add(header);
      this.replacements.length = known;
    }
    const inside = alignInside(item, one, this.#context);
    if (inside === undefined) return 'unsupported';
    this.replacements.push(...inside);
    return undefined;
  }

  #insert(
    items: readonly Item[],
    targets: readonly (readonly LinedDefinition[] | undefined)[],
    index: number,
    container: number | undefined,
  ): Problem | undefined {
    const item = items[index];
    if (item?.kind !== 'definition' || item.hasMarker) return 'unsupported';
    const place = placeNew(items, targets, index, container, this.#context);
    if (place === undefined) {
      const name = item.definitions[0]?.name ?? '';
      return refuse('E_APPLY_NO_POSITION', `The edit adds \`${name}\`, and nothing in it tells where.`, {
        editLine: editLineOf(this.#context.input.snippet, item.first),
        advice: 'Send it together with the definition that comes before or behind it.',
      });
    }
    return this.#add(insertion(place, item, this.#context));
  }

  #add(replacement: Replacement | undefined): Problem | undefined {
    if (replacement === undefined) return 'unsupported';
    this.replacements.push(replacement);
    return undefined;
  }

  #ambiguous(item: DefinitionItem, found: readonly LinedDefinition[]): Refusal {
    const { text, snippet } = this.#context.input;
    const name = item.definitions[0]?.name ?? '';
    return refuse('E_APPLY_AMBIGUOUS', `The file defines \`${name}\` in ${String(found.length)} places.`, {
      editLine: editLineOf(snippet, item.first),
      candidates: found.slice(0, 10).map(({ headerLine, end }) => ({
        startLine: headerLine + 1,
        endLine: end,
        text: text.lines[headerLine] ?? '',
      })),
      advice: 'Send it inside the class or function that it stands in, with markers for the rest.',
    });
  }
}

/** Lines of a body in the edit: between its brackets, or all of an indented one. */
function bodyLines(sent: LinedDefinition, isIndented: boolean): [number, number] {
  if (isIndented) return [Math.max(sent.bodyLine, sent.headerLine + 1), sent.end];
  return [sent.bodyLine + 1, sent.closerLine];
}

function insertion(place: NewPlace, item: DefinitionItem, context: LevelContext): Replacement | undefined {
  const { snippet } = context.input;
  const lines = place.indent(snippet.lines.slice(item.first, item.end));
  if (lines === undefined) return undefined;
  const blanks = (count: number): string[] => Array.from({ length: count }, () => '');
  return {
    start: place.line,
    end: place.line,
    lines: [...blanks(place.blanksBefore), ...lines, ...blanks(place.blanksBehind)],
    segment: segmentOf(item.first, context),
  };
}
