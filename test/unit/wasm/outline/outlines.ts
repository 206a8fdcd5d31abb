import type { Definition, Outline, Ranges } from '../../../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../../../src/engine/merge/source-language.ts';
import type { ParsePort } from '../../../../src/engine/parse-port.ts';
import { OutlineReader } from '../../../../src/wasm/outline/outline-reader.ts';
import { loadOxc } from '../../../../src/wasm/oxc-parser.ts';
import { rootOnly } from '../../../../src/wasm/tree-builder.ts';

const memoryLimitBytes = 256 * 2 ** 20;
const reader = new OutlineReader({ scripts: loadOxc({ memoryLimitBytes }), memoryLimitBytes });

/** Finds fault with everything, so that scripts are read by tree-sitter. */
const rejecting: ParsePort = {
  parse: (text, language) =>
    rootOnly({ text, language, source: 'oxc', comments: [], problems: [{ message: 'no', offset: 0 }] }),
};
const tolerant = new OutlineReader({ scripts: rejecting, memoryLimitBytes });

export async function outlineOf(text: string, language: SourceLanguage): Promise<Outline> {
  return completeOutline(reader, text, language);
}

/** Of a script, as if it had errors. */
export async function tolerantOutlineOf(text: string, language: SourceLanguage): Promise<Outline> {
  return completeOutline(tolerant, text, language);
}

/** Asks again until the grammars are there. */
export async function completeOutline(from: OutlineReader, text: string, language: SourceLanguage): Promise<Outline> {
  for (;;) {
    const outline = from.outline(text, language);
    if (outline !== undefined) return outline;
    await from.prepare();
  }
}

/** `kind container/name signature` of each definition. */
export function listed({ definitions }: Outline): string[] {
  const path = (definition: Definition): string => {
    const holder = definitions[definition.container];
    return (holder === undefined ? '' : `${path(holder)}/`) + definition.name;
  };
  return definitions.map((definition) => `${definition.kind} ${path(definition)} ${definition.signature}`.trim());
}

/** The text of the definition with a name. */
export function textOf(text: string, { definitions }: Outline, name: string): string {
  const definition = definitions.find((one) => one.name === name);
  return definition === undefined ? '' : text.slice(definition.start, definition.end);
}

export function sliced(text: string, ranges: Ranges): string[] {
  return Array.from({ length: ranges.length / 2 }, (_, index) => text.slice(ranges[index * 2], ranges[index * 2 + 1]));
}

/** What is wrong with an outline, whatever the text. */
export function findFlaws(text: string, outline: Outline): string[] {
  const flaws = outline.definitions.flatMap((definition, index) => {
    const { start, end, headerStart, bodyStart, bodyEnd, container } = definition;
    const holder = outline.definitions[container];
    const before = outline.definitions[index - 1];
    const isSound =
      0 <= start &&
      start <= headerStart &&
      headerStart < end &&
      end <= text.length &&
      (bodyStart < 0 ? bodyEnd === -1 : headerStart <= bodyStart && bodyStart < bodyEnd && bodyEnd <= end) &&
      container < index &&
      (container === -1 || (holder !== undefined && holder.start <= start && end <= holder.end)) &&
      (before === undefined || before.start <= start) &&
      definition.name !== '' &&
      !/^\s|\s$/.test(text.slice(start, end));
    return isSound ? [] : [`${definition.kind} ${definition.name} at ${String(start)}`];
  });
  for (const [name, ranges] of Object.entries(outline))
    if (ranges instanceof Int32Array && !isInOrder(ranges, text.length)) flaws.push(name);
  return flaws;
}

function isInOrder(ranges: Ranges, length: number): boolean {
  return (
    ranges.every((offset, index) => index === 0 || offset >= (ranges[index - 1] ?? 0)) && (ranges.at(-1) ?? 0) <= length
  );
}
