import { relative, resolve, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isTaken } from '../files/new-file.ts';
import type { NewFile } from '../files/new-file.ts';
import { readSource } from '../files/read-source.ts';
import type { SourceFile } from '../files/read-source.ts';
import type { FileWrite } from '../files/write-all.ts';
import { BoosterError } from '../shared/errors.ts';
import type { FileChange } from './file-result.ts';
import { generateCode } from './generate-code.ts';
import type { GenerateCodeOptions } from './generate-code.ts';

export interface GenerateFilesOptions {
  /** `filename` is relative to `cwd` or absolute. */
  readonly request: GenerateCodeOptions;
  /** Absolute. */
  readonly cwd: string;
  readonly mode: 'preview' | 'check' | 'write';
  /** Files with other content are replaced. */
  readonly force: boolean;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/** What became of one generated file. */
export interface GenerateResult {
  /** Relative to the working directory, with forward slashes; as given when outside of it. */
  readonly path: string;
  /** `new`: was not there · `changed`: other content was there · `unchanged`. In all modes, whether written or not. */
  readonly status: 'new' | 'changed' | 'unchanged';
  readonly written: boolean;
  readonly change: FileChange;
}

export interface GenerateOutcome {
  readonly generator: string;
  readonly version: number;
  readonly results: readonly GenerateResult[];
  readonly evidence: readonly string[];
  readonly durationMs: number;
}

/**
 * Generates files and compares them with those on disk; with `mode: 'write'`, writes all of them or none.
 * @throws BoosterError as `generateCode`; E_GENERATE_EXISTS unless forced or checking; E_FILE_*, E_TASK_ABORTED
 */
export async function generateFiles(options: GenerateFilesOptions): Promise<GenerateOutcome> {
  const started = performance.now();
  const { request, cwd, mode, force, maximumBytes, signal } = options;
  const { files, ...generated } = await generateCode(request);
  const drafts = files.map(({ path, contents }) => openDraft(resolve(cwd, path), contents, maximumBytes));
  const taken = drafts.filter(({ source, newText }) => source !== undefined && source.text !== newText);
  if (taken.length > 0 && !force && mode !== 'check') {
    const names = taken.map(({ path }) => shownPath(path, cwd)).join(', ');
    throw new BoosterError('E_GENERATE_EXISTS', `${names}: exists and has other content; nothing was written`, {
      path: names,
    });
  }
  const changed = drafts.filter(({ source, newText }) => source?.text !== newText);
  if (mode === 'write' && changed.length > 0) {
    const { writeAll } = await import('../files/write-all.ts');
    await writeAll(changed.map(writeOf), { signal });
  }
  return {
    ...generated,
    results: drafts.map((draft) => resultOf(draft, cwd, mode === 'write')),
    durationMs: performance.now() - started,
  };
}

interface Draft {
  /** Absolute. */
  readonly path: string;
  readonly source?: SourceFile;
  /** With the line ends of the file that is there. */
  readonly newText: string;
}

function openDraft(path: string, contents: string, maximumBytes: number): Draft {
  if (!isTaken(path)) return { path, newText: contents };
  const source = readSource(path, { maximumBytes });
  return { path, source, newText: source.eol === 'crlf' ? contents.replaceAll('\n', '\r\n') : contents };
}

function writeOf({ path, source, newText }: Draft): FileWrite | NewFile {
  return source === undefined ? { path, text: newText } : { source, newText };
}

function resultOf({ path, source, newText }: Draft, cwd: string, isWrite: boolean): GenerateResult {
  const before = source?.text ?? '';
  const isSame = source !== undefined && before === newText;
  const edits = isSame ? [] : [{ start: 0, end: before.length, text: newText }];
  return {
    path: shownPath(path, cwd),
    status: source === undefined ? 'new' : isSame ? 'unchanged' : 'changed',
    written: isWrite && !isSame,
    change: { before, after: newText, edits, bom: source?.bom ?? false },
  };
}

function shownPath(path: string, cwd: string): string {
  const way = relative(cwd, path);
  if (way === '..' || way.startsWith(`..${sep}`)) return path;
  return sep === '/' ? way : way.replaceAll(sep, '/');
}
