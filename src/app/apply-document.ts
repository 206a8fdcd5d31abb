import { jsonErrorLine } from '../config/json-error-line.ts';
import { suggest } from '../config/suggest.ts';
import { strictnesses } from '../engine/merge/merge.ts';
import type { Strictness } from '../engine/merge/merge.ts';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import { readExpectedHash, readText } from './apply-item.ts';
import type { ApplyItem, ApplyTarget } from './apply-item.ts';
import { languageNamed } from './apply-language.ts';

/** What a JSON document asks for. */
export interface ApplyDocument {
  readonly items: readonly ApplyItem[];
  /** It was a list, so the answer is one too. */
  readonly isList: boolean;
}

const knownKeys = ['file', 'code', 'edit', 'language', 'strictness', 'expectHash'] as const;

type Key = (typeof knownKeys)[number];

type Fields = Readonly<Partial<Record<Key, string>>>;

/**
 * Reads `{ file | code, edit, language?, strictness?, expectHash? }` or a list of such objects. Nothing is guessed: unknown keys
 * and values of a wrong type are refused.
 *
 * @param maximumBytes limit of each text in it
 * @throws BoosterError E_APPLY_DOCUMENT, E_APPLY_LANGUAGE, E_FILE_NOT_TEXT, E_FILE_TOO_LARGE; the message says which entry
 */
export function readApplyDocument(text: string, maximumBytes: number): ApplyDocument {
  const content = parseJson(text);
  if (!Array.isArray(content)) return { items: [readItem(content, '', maximumBytes)], isList: false };
  if (content.length === 0) throw invalid('', 'the list is empty');
  const items = content.map((entry: unknown, index) => readItem(entry, `[${String(index)}]`, maximumBytes));
  return { items, isList: true };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = text.trim() === '' ? 'nothing came' : `no JSON, broken in line ${String(jsonErrorLine(text))}`;
    throw new BoosterError('E_APPLY_DOCUMENT', `standard input: ${what}`, {}, error);
  }
}

function readItem(content: unknown, where: string, maximumBytes: number): ApplyItem {
  const fields = readFields(content, where);
  const { edit, language, strictness, expectHash } = fields;
  if (edit === undefined) throw invalid(where, 'edit is missing');
  const hash = expectHash === undefined ? undefined : readExpectedHash(expectHash);
  if (expectHash !== undefined && hash === undefined) {
    throw invalid(where, 'expectHash is not 8 to 64 hexadecimal digits');
  }
  return {
    target: readTarget(fields, where, maximumBytes),
    edit: readText(edit, nameOf(where, 'edit'), maximumBytes).text,
    ...(language === undefined ? {} : { language: named(language, where) }),
    ...(strictness === undefined ? {} : { strictness: readStrictness(strictness, where) }),
    ...(hash === undefined ? {} : { expectHash: hash }),
  };
}

function readFields(content: unknown, where: string): Fields {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw invalid(where, 'not an object');
  const fields: Partial<Record<Key, string>> = {};
  for (const [name, value] of Object.entries(content as Readonly<Record<string, unknown>>)) {
    const key = knownKeys.find((known) => known === name);
    if (key === undefined) throw unknownKey(name, where);
    if (typeof value !== 'string') throw invalid(where, `${key} is not a text`);
    fields[key] = value;
  }
  return fields;
}

function readTarget({ file, code }: Fields, where: string, maximumBytes: number): ApplyTarget {
  if (file !== undefined && code !== undefined) throw invalid(where, 'give file or code, not both');
  if (code !== undefined) return { kind: 'code', source: readText(code, nameOf(where, 'code'), maximumBytes) };
  if (file === undefined) throw invalid(where, 'file or code is missing');
  if (file === '') throw invalid(where, 'file is empty');
  return { kind: 'file', path: file };
}

function readStrictness(text: string, where: string): Strictness {
  const found = strictnesses.find((each) => each === text);
  if (found === undefined) throw invalid(where, `strictness is not one of ${strictnesses.join(', ')}`);
  return found;
}

function named(language: string, where: string): ReturnType<typeof languageNamed> {
  try {
    return languageNamed(language);
  } catch (error) {
    if (where === '' || !isBoosterError(error)) throw error;
    throw new BoosterError(error.code, `${where}: ${error.message}`, error.data, error);
  }
}

/** Keys of other tools and of the answer that mean one of ours. */
const otherNames: Readonly<Record<string, Key>> = {
  path: 'file',
  filename: 'file',
  filepath: 'file',
  file_path: 'file',
  target_file: 'file',
  text: 'code',
  content: 'code',
  original: 'code',
  snippet: 'edit',
  update: 'edit',
  patch: 'edit',
  code_edit: 'edit',
  lang: 'language',
  hash: 'expectHash',
};

function unknownKey(name: string, where: string): BoosterError {
  const key = name.toLowerCase();
  const other = Object.hasOwn(otherNames, key) ? otherNames[key] : undefined;
  const near = other === undefined ? suggest(name, knownKeys) : [other];
  const hint = near.length === 0 ? `known are ${knownKeys.join(', ')}` : `did you mean ${near.join(' or ')}?`;
  return invalid(where, `unknown key ${JSON.stringify(name.slice(0, 60))}; ${hint}`);
}

function nameOf(where: string, key: Key): string {
  return `standard input: ${where === '' ? key : `${where}.${key}`}`;
}

function invalid(where: string, what: string): BoosterError {
  return new BoosterError('E_APPLY_DOCUMENT', `standard input: ${where === '' ? '' : `${where}: `}${what}`);
}
