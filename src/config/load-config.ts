import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { BoosterError } from '../shared/errors.ts';
import { parseConfigFile } from './parse-config-file.ts';
import { readSettings } from './read-settings.ts';
import type { SettingValues } from './read-settings.ts';

/** Looked for in each folder in this order; the first one that is there counts. Data formats only. */
const configPlaces: readonly string[] = [
  '.boosterrc',
  '.boosterrc.json',
  '.boosterrc.yaml',
  '.boosterrc.yml',
  'package.json',
];

const packageKey = 'booster';

/** A configuration is a page of text at most; more is a mistake, and YAML can be made slow to read. */
const maximumBytes = 1_048_576;

export interface LoadOptions {
  /** Absolute folder where the search starts. */
  readonly cwd: string;
  /** Named by the user: the only file that is read, and it may be JavaScript. */
  readonly configPath?: string;
  /** The user's home folder, where an upward search ends. */
  readonly home?: string;
}

export interface LoadedConfig {
  /** Absolute. */
  readonly path: string;
  /** Relative to `cwd`, with forward slashes; `package.json#booster` for that place. */
  readonly name: string;
  readonly values: SettingValues;
}

/**
 * Reads and checks the configuration file in force, if there is one.
 *
 * The nearest one counts, from `cwd` upward to the git repository's root, else to the home folder, else to the outermost
 * folder with a package.json. cosmiconfig only parses (YAML, JavaScript): creating its explorer would run
 * `.config/config.js` of the current folder (cosmiconfig 9.0.2, "meta configuration"), and booster must never execute
 * code of a repository that it only looks at.
 *
 * @throws BoosterError `E_CONFIG_NOT_FOUND` (only for `configPath`), `E_CONFIG_INVALID`
 */
export async function loadConfig({ cwd, configPath, home }: LoadOptions): Promise<LoadedConfig | undefined> {
  if (configPath === '') throw new BoosterError('E_CONFIG_NOT_FOUND', '--config: an empty path names no file');
  if (configPath !== undefined) return loadNamed(resolve(cwd, configPath), nameOf(cwd, resolve(cwd, configPath)));
  for (const folder of searchedFolders(cwd, home)) {
    for (const place of configPlaces) {
      const path = join(folder, place);
      const name = nameOf(cwd, path);
      const loaded =
        place === 'package.json'
          ? await loadPackage(path, `${name}#${packageKey}`, false)
          : await loadIfThere(path, name);
      if (loaded !== undefined) return loaded;
    }
  }
  return undefined;
}

/** From `cwd` upward; see {@link loadConfig} for where it ends. */
function searchedFolders(cwd: string, home: string | undefined): string[] {
  const folders: string[] = [];
  let outermostPackage = 0;
  for (let at = cwd; ; at = dirname(at)) {
    folders.push(at);
    if (existsSync(join(at, '.git')) || at === home) return folders;
    if (existsSync(join(at, 'package.json'))) outermostPackage = folders.length - 1;
    if (dirname(at) === at) return folders.slice(0, outermostPackage + 1);
  }
}

async function loadNamed(path: string, name: string): Promise<LoadedConfig> {
  const isPackage = basename(path) === 'package.json';
  const loaded = isPackage ? await loadPackage(path, `${name}#${packageKey}`, true) : await loadIfThere(path, name);
  if (loaded !== undefined) return loaded;
  const what = existsSync(path) ? `has no key "${packageKey}"` : 'does not exist';
  throw new BoosterError('E_CONFIG_NOT_FOUND', `${name}: ${what}`, { path });
}

async function loadIfThere(path: string, name: string): Promise<LoadedConfig | undefined> {
  const text = readText(path, name);
  if (text === undefined) return undefined;
  return { path, name, values: readSettings(await parseConfigFile(path, text, name), name) };
}

/** Unless it was named, a package.json that does not speak of booster is none of our business, even when it is broken. */
async function loadPackage(path: string, name: string, isNamed: boolean): Promise<LoadedConfig | undefined> {
  let content: unknown;
  try {
    const text = readText(path, name);
    if (text?.includes(`"${packageKey}"`) !== true) return undefined;
    content = await parseConfigFile(path, text, name);
  } catch (error) {
    if (isNamed) throw error;
    return undefined;
  }
  if (typeof content !== 'object' || content === null || !Object.hasOwn(content, packageKey)) return undefined;
  return { path, name, values: readSettings(Reflect.get(content, packageKey), name) };
}

/** Text of a regular file without byte order mark; `undefined` when there is nothing. A FIFO must not block the start. */
function readText(path: string, name: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (!stats.isFile()) throw new BoosterError('E_CONFIG_INVALID', `${name}: is not a file`, { path });
    if (stats.size > maximumBytes)
      throw new BoosterError('E_CONFIG_INVALID', `${name}: is larger than 1 MiB`, { path });
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof BoosterError) throw error;
    throw new BoosterError(
      'E_CONFIG_INVALID',
      `${name}: cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { path },
      error,
    );
  }
}

function nameOf(cwd: string, path: string): string {
  const name = relative(cwd, path) || '.';
  return sep === '/' ? name : name.replaceAll(sep, '/');
}
