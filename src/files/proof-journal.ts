import { closeSync, fsyncSync, openSync, readFileSync, readdirSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../shared/system-fault.ts';
import { fileProblem } from './file-problem.ts';

/** Who tries rewrites, and where. */
export interface JournalOwner {
  readonly processId: number;
  /** See `processStamp`. */
  readonly stamp: string;
  /** Absolute. */
  readonly cwd: string;
}

/** A file as it was before any rewrite. */
export interface JournalFile {
  /** Absolute. */
  readonly path: string;
  /** SHA-256 of its bytes. */
  readonly hash: string;
  readonly text: string;
}

/** What a journal says. */
export interface JournalContent {
  readonly path: string;
  readonly owner: JournalOwner;
  readonly files: readonly (JournalFile & { readonly versions: ReadonlySet<string> })[];
}

const version = 1;

/**
 * What is needed to put files back that rewrites are tried in, should this process be killed: one line with the owner, one for each file
 * as it was, and, before a version is written, one with its hash. Synced before anything else happens.
 */
export class ProofJournal {
  readonly path: string;
  readonly #folder: string;
  readonly #descriptor: number;

  /**
   * @param folder exists, and belongs to the user alone
   * @throws BoosterError E_FILE_NOT_WRITABLE
   */
  constructor(folder: string, owner: JournalOwner, files: readonly JournalFile[]) {
    this.#folder = folder;
    this.path = join(folder, `${String(owner.processId)}-${String(Date.now())}.jsonl`);
    try {
      this.#descriptor = openSync(this.path, 'wx', 0o600);
    } catch (error) {
      throw fileProblem(error, this.path, 'write');
    }
    this.#append([{ version, ...owner }, ...files]);
  }

  /** To be called before files are given these contents: index of the file, hash of its bytes. */
  note(versions: readonly (readonly [index: number, hash: string])[]): void {
    this.#append(versions);
  }

  /** The files are in a state that may stay. */
  remove(): void {
    closeSync(this.#descriptor);
    removeJournal(this.#folder, this.path);
  }

  #append(lines: readonly unknown[]): void {
    if (lines.length === 0) return;
    try {
      writeSync(this.#descriptor, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      fsyncSync(this.#descriptor);
    } catch (error) {
      throw fileProblem(error, this.path, 'write');
    }
  }
}

/** Removes a journal, and the folder when it was the last one, so that looking for journals costs next to nothing. */
export function removeJournal(folder: string, path: string): void {
  rmSync(path, { force: true });
  try {
    rmdirSync(folder);
  } catch {
    // another one is still there
  }
}

/** Paths of the journals that are there. */
export function listJournals(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** `undefined` when it is gone, or was cut off before a file could have been touched. */
export function readJournal(path: string): JournalContent | 'damaged' | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? undefined : 'damaged';
  }
  // the last line may be cut off: what it would announce was then not written
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  lines.pop();
  if (lines.length === 0) return undefined;
  try {
    const values = lines.map((line) => JSON.parse(line) as unknown);
    return contentOf(path, values) ?? 'damaged';
  } catch {
    return 'damaged';
  }
}

function contentOf(path: string, [head, ...rest]: readonly unknown[]): JournalContent | undefined {
  if (!isRecord(head) || head['version'] !== version) return undefined;
  const { processId, stamp, cwd } = head;
  if (typeof processId !== 'number' || typeof stamp !== 'string' || typeof cwd !== 'string') return undefined;
  const files: (JournalFile & { readonly versions: Set<string> })[] = [];
  for (const line of rest) {
    if (Array.isArray(line)) {
      const [index, hash] = line as readonly unknown[];
      const file = typeof index === 'number' ? files[index] : undefined;
      if (file === undefined || typeof hash !== 'string') return undefined;
      file.versions.add(hash);
      continue;
    }
    const file = fileOf(line);
    if (file === undefined) return undefined;
    files.push({ ...file, versions: new Set() });
  }
  return { path, owner: { processId, stamp, cwd }, files };
}

function fileOf(line: unknown): JournalFile | undefined {
  if (!isRecord(line)) return undefined;
  const { path, hash, text } = line;
  const isFile = typeof path === 'string' && typeof hash === 'string' && typeof text === 'string';
  return isFile ? { path, hash, text } : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
