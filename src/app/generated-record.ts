import { createHash } from 'node:crypto';
import { dirname, join, relative, sep } from 'node:path';
import { isTaken } from '../files/new-file.ts';
import type { NewFile } from '../files/new-file.ts';
import { readSource } from '../files/read-source.ts';
import type { SourceFile } from '../files/read-source.ts';
import type { FileWrite } from '../files/write-all.ts';
import { BoosterError } from '../shared/errors.ts';
import type { RunGeneratorOptions } from './run-generator.ts';

/** What was generated into a file, as it was written. */
export interface GeneratedEntry {
  readonly generator: string;
  readonly version: number;
  /** Hash of everything that the result depends on. */
  readonly parameters: string;
  /** The whole file after it was written, with line feeds. */
  readonly base: string;
  /** The part of `base` that was generated; absent when all of it was. */
  readonly part?: string;
}

/** Texts are kept whole, so a record may be longer than a source file. */
const maximumBytes = 64 * 1024 * 1024;

/**
 * `.booster/generated.json` of a project: the texts that later runs of the same generators are merged against. It belongs into
 * version control. The project is the nearest folder upwards with such a record, templates or a package.json; else the working directory.
 */
export class GeneratedRecord {
  readonly #root: string;
  readonly #path: string;
  readonly #source: SourceFile | undefined;
  readonly #entries: Map<string, GeneratedEntry>;

  /** @throws BoosterError E_GENERATE_RECORD, E_FILE_* */
  constructor(cwd: string) {
    this.#root = rootOf(cwd);
    this.#path = join(this.#root, '.booster', 'generated.json');
    this.#source = isTaken(this.#path) ? readSource(this.#path, { maximumBytes }) : undefined;
    this.#entries = readEntries(this.#source?.text, this.#path);
  }

  /** Of a file, or of the part `part` of a file; `path` is absolute. */
  find(path: string, part?: string): GeneratedEntry | undefined {
    return this.#entries.get(this.#keyOf(path, part));
  }

  /** What to write so that the record holds these entries as well; `undefined` when it does already. */
  with(
    changes: readonly { readonly path: string; readonly part?: string; readonly entry: GeneratedEntry }[],
  ): FileWrite | NewFile | undefined {
    const all = new Map(this.#entries);
    for (const { path, part, entry } of changes) all.set(this.#keyOf(path, part), entry);
    const sorted = Object.fromEntries([...all].sort(([one], [other]) => (one < other ? -1 : 1)));
    const text = `${JSON.stringify({ schemaVersion: 1, generated: sorted }, undefined, 2)}\n`;
    if (this.#source === undefined) return { path: this.#path, text };
    return text === this.#source.text ? undefined : { source: this.#source, newText: text };
  }

  #keyOf(path: string, part: string | undefined): string {
    const way = relative(this.#root, path).split(sep).join('/');
    return part === undefined ? way : `${way}#${part}`;
  }
}

export function parametersOf({ name, input, options }: RunGeneratorOptions): string {
  const sorted = Object.entries(options ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([name, input, sorted]))
    .digest('hex');
}

function rootOf(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (
      isTaken(join(folder, '.booster', 'generated.json')) ||
      isTaken(join(folder, '.booster', 'templates')) ||
      isTaken(join(folder, 'package.json'))
    )
      return folder;
    if (dirname(folder) === folder) return cwd;
  }
}

function readEntries(text: string | undefined, path: string): Map<string, GeneratedEntry> {
  if (text === undefined) return new Map();
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new BoosterError('E_GENERATE_RECORD', `${path}: no JSON`, { path }, error);
  }
  const generated = isObject(content) && content['schemaVersion'] === 1 ? content['generated'] : undefined;
  if (!isObject(generated))
    throw new BoosterError('E_GENERATE_RECORD', `${path}: not a record of this version`, { path });
  return new Map(
    Object.entries(generated).map(([key, entry]) => {
      if (isEntry(entry)) return [key, entry];
      throw new BoosterError('E_GENERATE_RECORD', `${path}: the entry ${JSON.stringify(key)} is damaged`, { path });
    }),
  );
}

function isEntry(value: unknown): value is GeneratedEntry {
  if (!isObject(value)) return false;
  const { generator, version, parameters, base, part } = value;
  const areTexts = [generator, parameters, base].every((each) => typeof each === 'string');
  return areTexts && typeof version === 'number' && (part === undefined || typeof part === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
