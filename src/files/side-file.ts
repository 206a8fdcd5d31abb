import { lstat, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Files that booster puts beside a target for a moment: `temp` holds the new content, `lock` says who is publishing. */
export type SideFileKind = 'temp' | 'lock';

const patterns: Readonly<Record<SideFileKind, RegExp>> = {
  temp: /^\..+\.booster-[0-9a-f]{16}\.tmp$/s,
  lock: /^\..+\.booster-[0-9a-f]{16}-\d+\.lock$/s,
};

/** Keeps the whole name under the 255 bytes that file systems allow, whatever the script (3 bytes per UTF-16 unit at most). */
const keptLength = 60;

/**
 * A live run needs its side files for milliseconds; after a minute they belong to a killed one. (A temp file's time is
 * that of its last write, so even a slow, large write counts from its end.)
 */
const abandonedAfterMs = 60_000;

/** Path of a side file of `target`: hidden, in the same folder, recognisable as ours. `tag` is e.g. 16 random hex digits. */
export function sideFile(target: string, kind: SideFileKind, tag: string): string {
  const kept = basename(target)
    .slice(0, keptLength)
    .replace(/[\ud800-\udbff]$/, '');
  return join(dirname(target), `.${kept}.booster-${tag}.${kind === 'temp' ? 'tmp' : 'lock'}`);
}

/** `true` when a name of that kind; used before something is deleted whose name was read from disk. */
export function isSideFile(name: string, kind: SideFileKind): boolean {
  return patterns[kind].test(name);
}

/**
 * Removes what killed runs left in a folder. `now` is the file system's own clock (the time of a file just written), as
 * a network file system need not agree with this machine. Never fails: leftovers are untidy, not wrong.
 */
export async function removeLeftovers(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    if (!isSideFile(name, 'temp') && !isSideFile(name, 'lock')) continue;
    const path = join(folder, name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isFile() === true && now - stats.mtimeMs > abandonedAfterMs)
      await rm(path, { force: true }).catch(() => undefined);
  }
}
