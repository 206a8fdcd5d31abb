import { existsSync, readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { BoosterError } from '../shared/errors.ts';
import { isMinifiedName } from './generated-code.ts';
import type { IgnoreFinder, IgnoreRules } from './ignore-rules.ts';

/**
 * Why a file was left out: `ignored` by a pattern · `minified` by its name · `declaration` (.d.ts) · `unsupported`
 * extension · `link` (its target is found where it lies) · `special` (FIFO, socket, device) · `odd-name` (not UTF-8).
 */
export type SkipReason = 'ignored' | 'minified' | 'declaration' | 'unsupported' | 'link' | 'special' | 'odd-name';

export interface WalkVisitor {
  readonly extensions: ReadonlySet<string>;
  readonly signal: AbortSignal | undefined;
  skip(reason: SkipReason): void;
  fail(path: string, error: unknown): void;
}

export interface Walk {
  /** Absolute and free of links. */
  readonly folder: string;
  readonly rules: IgnoreRules;
  readonly ignores: IgnoreFinder;
  /** Whether a file (relative to the folder, forward slashes) is asked for at all. */
  matches(name: string): boolean;
  /** Files in the folder itself have depth 1. */
  readonly maximumDepth: number;
  readonly visitor: WalkVisitor;
}

/** Never entered, whatever the ignore files say; a search can start inside. */
const neverEntered = new Set(['node_modules', '.git']);

/** Synchronous reads are several times cheaper than promised ones; so many folders are read before signals get a chance. */
const foldersPerTurn = 32;

interface Pending {
  readonly name: string;
  readonly rules: IgnoreRules;
  readonly depth: number;
}

/**
 * Reports every file below a folder that passes the skip rules, by its name relative to the folder. Linked folders are
 * not entered, so there are no cycles. Order is unspecified.
 *
 * @throws BoosterError `E_TASK_ABORTED`
 */
export async function walkFolder(walk: Walk, found: (name: string) => void): Promise<void> {
  const pending: Pending[] = [{ name: '', rules: walk.rules, depth: 1 }];
  for (let count = 1; ; count += 1) {
    const next = pending.pop();
    if (next === undefined) return;
    if (count % foldersPerTurn === 0) await new Promise(setImmediate);
    if (walk.visitor.signal?.aborted === true)
      throw new BoosterError('E_TASK_ABORTED', 'interrupted while looking for files');
    const path = join(walk.folder, next.name);
    let entries: Dirent[];
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch (error) {
      walk.visitor.fail(path, error);
      continue;
    }
    for (const entry of entries) visit(walk, next, path, entry, pending, found);
  }
}

function visit(
  walk: Walk,
  outer: Pending,
  folder: string,
  entry: Dirent,
  pending: Pending[],
  found: (name: string) => void,
): void {
  const name = outer.name === '' ? entry.name : `${outer.name}/${entry.name}`;
  // both are normal; join() would go through them again, which costs 2,000 files 8 ms
  const path = folder.endsWith(sep) ? folder + entry.name : folder + sep + entry.name;
  if (entry.isDirectory()) {
    if (neverEntered.has(entry.name) || outer.depth >= walk.maximumDepth) return;
    const rules = walk.ignores.enter(outer.rules, path);
    if (rules === undefined) walk.visitor.skip('ignored');
    else pending.push({ name, rules, depth: outer.depth + 1 });
    return;
  }
  if (!walk.matches(name)) return;
  const reason = kindReason(entry, path) ?? skipByName(entry.name, walk.visitor.extensions);
  if (reason !== undefined) walk.visitor.skip(reason);
  else if (outer.rules.ignores(path, false)) walk.visitor.skip('ignored');
  else found(name);
}

function kindReason(entry: Dirent, path: string): SkipReason | undefined {
  if (entry.isSymbolicLink()) return 'link';
  // Bytes that are no UTF-8 arrive as U+FFFD, and the name then leads nowhere.
  if (entry.name.includes('\ufffd') && !existsSync(path)) return 'odd-name';
  return entry.isFile() ? undefined : 'special';
}

/** Why a file found in a folder is left out by its name alone. */
export function skipByName(name: string, extensions: ReadonlySet<string>): SkipReason | undefined {
  const dot = name.lastIndexOf('.');
  if (dot < 0 || !extensions.has(name.slice(dot + 1).toLowerCase())) return 'unsupported';
  if (/\.d\.[cm]?ts$/i.test(name)) return 'declaration';
  return isMinifiedName(name) ? 'minified' : undefined;
}
