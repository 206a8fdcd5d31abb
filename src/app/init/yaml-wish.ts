import { isDeepStrictEqual } from 'node:util';
import { parseConfigFile } from '../../config/parse-config-file.ts';
import type { Merge, Wish } from './init-wish.ts';

type Yaml = Readonly<Record<string, unknown>>;

interface YamlWish {
  readonly path: string;
  readonly what: string;
  readonly create: () => string;
  /** Tells by a text of the file that nothing is missing. */
  readonly present: RegExp;
  /** What to add by hand when it cannot be merged. */
  readonly snippet: string;
  /** The text with the addition, or why there is no place for it. */
  readonly insert: (text: string, value: Yaml) => string | { readonly problem: string };
  /** The content with the addition, as it is to be. */
  readonly added: (value: Yaml) => Yaml;
}

/**
 * Something to stand in a YAML file. Lines are inserted, none is changed, and the result is read again: it must hold what was there
 * and the addition, nothing else.
 */
export function yamlWish({ path, what, create, present, snippet, insert, added }: YamlWish): Wish {
  return {
    path,
    what,
    create,
    snippet: () => snippet,
    merge: async (text): Promise<Merge> => {
      const content = await readYaml(text);
      if (typeof content === 'string') return { problem: content };
      if (withoutComments(text).some((line) => present.test(line))) return { text };
      const result = insert(text, content);
      if (typeof result !== 'string') return result;
      const isWhole = isDeepStrictEqual(await readYaml(result), added(content));
      return isWhole ? { text: result } : { problem: 'cannot be merged without changing what stands there' };
    },
  };
}

/** The content, or why it cannot be read. */
async function readYaml(text: string): Promise<Yaml | string> {
  try {
    const value = (await parseConfigFile('settings.yaml', text, 'line')) ?? {};
    return typeof value === 'object' && !Array.isArray(value) ? (value as Yaml) : 'holds no keys';
  } catch (error) {
    return `cannot be read as YAML (${error instanceof Error ? error.message : String(error)})`;
  }
}

function withoutComments(text: string): string[] {
  return text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
}

/** A block at the end of a file, with a blank line before it. */
export function appendBlock(text: string, block: string): string {
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${end}${text.trim() === '' ? '' : '\n'}${block}`;
}

/**
 * Puts lines right below the line of a key, so far indented as what stands there; `undefined` when the key does not stand on a line of
 * its own with a block below it.
 *
 * @param path the key, and those that it stands in
 */
export function insertBelow(text: string, path: readonly string[], lines: readonly string[]): string | undefined {
  const all = text.split('\n');
  let from = 0;
  let indent = '';
  for (const key of path) {
    const index = all.findIndex((line, at) => at >= from && new RegExp(`^${indent}${key}:[ \\t]*(#.*)?$`).test(line));
    if (index < 0) return undefined;
    from = index + 1;
    const child = all.slice(from).find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
    indent = /^ */.exec(child ?? '')?.[0] ?? '';
  }
  all.splice(from, 0, ...lines.map((line) => indent + line));
  return all.join('\n');
}
