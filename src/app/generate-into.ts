import { sourceLanguageOfPath } from '../engine/merge/source-language.ts';
import { applyEdits } from '../engine/edit.ts';
import { readSource } from '../files/read-source.ts';
import type { SourceFile } from '../files/read-source.ts';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import type { GenerateDraft } from './generate-draft.ts';
import type { GeneratedEntry, GeneratedRecord } from './generated-record.ts';
import { insertAfter } from './insert-after.ts';
import { indentMembers, insertMembers } from './insert-members.ts';
import { joinImports } from './join-imports.ts';
import { mergeGenerated, problemOf } from './merge-generated.ts';
import type { ConflictSide } from './merge-three-way.ts';
import type { ApplyPool } from './pool-port.ts';

export interface PlaceFacts {
  /** Absolute. */
  readonly path: string;
  readonly contents: string;
  readonly record: GeneratedRecord;
  readonly known: Pick<GeneratedEntry, 'generator' | 'version' | 'parameters'>;
  /** Names this code among what is generated into the file. */
  readonly part: string;
  /** A piece of the line behind which the code goes; absent: the engine puts it behind the last definition. */
  readonly after?: string;
  /** The class or object whose members the code is. */
  readonly owner?: string;
  /** What conflicts with changes by hand are settled with. */
  readonly keep?: ConflictSide;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Puts generated code into an existing file by the engine of `apply`, under its gate: imports as a set, definitions behind the last
 * ones. What was put in before is merged with what became of it since.
 *
 * @throws BoosterError E_FILE_*; E_GENERATE_EXISTS when a name is taken; E_APPLY_* when the engine refuses
 */
export async function placeGenerated(pool: ApplyPool, facts: PlaceFacts): Promise<GenerateDraft> {
  const { path, record, known, part, signal } = facts;
  const source = readExisting(path, facts.maximumBytes);
  const text = source.text.replaceAll('\r\n', '\n');
  const code = codeOf(text, facts);
  const old = record.find(path, part);
  if (old?.part !== undefined && old.base.includes(old.part)) {
    const oldPart = old.part;
    const generated = addImports(
      old.base.replace(oldPart, () => code.body),
      code.imports,
    );
    const merged = await mergeGenerated(pool, {
      source,
      base: old.base,
      generated,
      advice: 'settle that with --keep mine or --keep generated',
      keep: facts.keep,
      signal,
    });
    return { path, source, part, merged, entry: { ...known, base: generated, part: code.body } };
  }
  refuseTaken(text, code.body, path);
  const result = await placed(pool, text, code, facts);
  const written = source.eol === 'crlf' ? result.replaceAll('\n', '\r\n') : result;
  return {
    path,
    source,
    part,
    merged: { status: 'changed', text: written },
    entry: { ...known, base: result, part: code.body },
  };
}

function codeOf(text: string, { contents, after, owner, path }: PlaceFacts): Code {
  if (after !== undefined) return { imports: [], body: contents };
  const rows = contents.split('\n');
  if (owner === undefined) return splitImports(contents);
  const imports = rows.filter((row) => importRow.test(row));
  return { imports, body: indentMembers(text, rows.filter((row) => !imports.includes(row)).join('\n'), owner, path) };
}

async function placed(
  pool: ApplyPool,
  before: string,
  given: Code,
  { after, owner, path, signal }: PlaceFacts,
): Promise<string> {
  const { text, rest } = joinImports(before, given.imports);
  const code = { ...given, imports: rest };
  const problem = text === before ? undefined : await problemOf(pool, path, before, text, signal);
  if (problem !== undefined) throw new BoosterError('E_GENERATE_PLACE', `${path}: ${problem}`, { path });
  if (after !== undefined) return insertAfter(pool, { text, body: code.body, after, path, signal });
  if (owner !== undefined) return insertMembers(pool, { text, ...code, owner, path, signal });
  return merge(pool, text, code, path, signal);
}

function readExisting(path: string, maximumBytes: number): SourceFile {
  try {
    return readSource(path, { maximumBytes });
  } catch (error) {
    if (!isBoosterError(error) || error.code !== 'E_FILE_NOT_FOUND') throw error;
    throw new BoosterError(
      error.code,
      `${error.message}; --into is for files that are there, --out makes one`,
      error.data,
      error,
    );
  }
}

interface Code {
  readonly imports: readonly string[];
  readonly body: string;
}

const importRow = /^import .* from '.*';$/;

/** Import statements, which generators write on one line each, and the rest without the comment at its head. */
function splitImports(text: string): Code {
  const rows = text.split('\n');
  const imports = rows.filter((row) => importRow.test(row));
  const rest = rows.filter((row) => !imports.includes(row)).join('\n');
  return { imports, body: `${rest.replace(/^(?:\/\/[^\n]*\n)+\n/, '').trim()}\n` };
}

/** Those that a text does not have: joined with those from the same module, or in front of it. */
function addImports(before: string, imports: readonly string[]): string {
  const { text, rest } = joinImports(before, imports);
  const missing = rest.filter((each) => !text.split('\n').includes(each));
  return missing.map((each) => `${each}\n`).join('') + text;
}

function refuseTaken(text: string, body: string, path: string): void {
  for (const [, name = ''] of body.matchAll(/^export (?:declare )?(?:abstract )?(?:\w+) (\w+)/gm)) {
    const taken = new RegExp(String.raw`\b(?:class|interface|type|function|const|let|var|enum|as)\s+${name}\b`).test(
      text,
    );
    if (!taken) continue;
    const message = `${path}: defines ${name} already, and not by this generator; choose another name`;
    throw new BoosterError('E_GENERATE_EXISTS', message, { path, name });
  }
}

/** How many lines at the end of the file say where the code goes; more are tried when fewer stand in several places. */
const tailLengths = [4, 16, 64];

async function merge(pool: ApplyPool, text: string, code: Code, path: string, signal: AbortSignal): Promise<string> {
  if (text.trim() === '') return addImports(code.body, code.imports.length === 0 ? [] : [...code.imports, '']);
  let refusal: { readonly code: BoosterError['code']; readonly message: string } | undefined;
  for (const length of tailLengths) {
    const edit = editOf(text, code, length);
    const request = { text, edit, language: sourceLanguageOfPath(path), strictness: 'balanced' } as const;
    const result = await pool.executeTask({ kind: 'apply', request }, { where: 'in-process', signal });
    if (result.status === 'refused') {
      refusal = result;
      continue;
    }
    const after = applyEdits(text, result.edits);
    if (result.deleted.length === 0 && after.includes(code.body.trimEnd())) return after;
  }
  const what = refusal?.message ?? 'The code would not stand in it as it was generated.';
  throw new BoosterError(refusal?.code ?? 'E_APPLY_EDIT_LOST', `${path}: ${what} Nothing was written.`, { path });
}

/** The imports, a marker for what stays, the end of the file, and behind it the code. */
function editOf(text: string, { imports, body }: Code, tailLength: number): string {
  const rows = text.trimEnd().split('\n');
  const isWhole = rows.length <= tailLength;
  const tail = rows
    .slice(-tailLength)
    .join('\n')
    .replace(/^\s*\n/, '');
  const marker = isWhole ? '' : '// ... existing code ...\n';
  return `${imports.map((each) => `${each}\n`).join('')}${marker}${tail}\n\n${body}`;
}
