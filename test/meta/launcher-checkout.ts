import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
export const hash = '0123456789abcdef0123456789abcdef';
export let checkout: string;
export let cache: string;

/**
 * A bundle as the build writes it: a hash line, the places of its chunks, and the chunks, of which the first exports `main`.
 * @param late the body of a chunk that `main` may load with `require("./late.js")`
 */
export async function writeBundle(body: string, hashLine = `//${hash}\n`, late = ''): Promise<void> {
  const padding = 'function unused(){return [1,2,3].map((x)=>x*2)}'; // some bytes for the cache to hold
  const chunks = {
    'main.js': `(function(exports,require){${padding}\nexports.main=async(argv,io)=>{unused();${body}};})`,
    'late.js': `(function(exports,require){${late}})`,
  };
  const places: Record<string, [number, number]> = {};
  let text = 'const chunks={';
  for (const [name, chunk] of Object.entries(chunks)) {
    text += `${JSON.stringify(name)}:`;
    places[name] = [text.length, chunk.length];
    text += `${chunk},\n`;
  }
  await writeFile(join(checkout, 'dist', 'cli.cjs'), `${hashLine}//${JSON.stringify(places)}\n${text}};`);
}

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Result {
  const bin = join(checkout, 'bin', 'booster.cjs');
  return spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    env: { XDG_CACHE_HOME: cache, ...env },
  });
}

/** Runs with standard output, and standard error unless it is a pipe, going to a file. */
export function runInto(stdout: string, stderr: string): Pick<Result, 'status' | 'stderr'> {
  const files = [openSync(stdout, 'w'), stderr === 'pipe' ? ('pipe' as const) : openSync(stderr, 'w')] as const;
  const result = spawnSync(process.execPath, [join(checkout, 'bin', 'booster.cjs')], {
    encoding: 'utf8',
    stdio: ['ignore', ...files],
    env: { XDG_CACHE_HOME: cache },
  });
  for (const file of files) if (file !== 'pipe') closeSync(file);
  return result;
}

export async function cacheFiles(): Promise<string[]> {
  return readdir(join(cache, 'booster')).catch(() => []);
}

export async function onlyCacheFile(): Promise<string> {
  const [name, ...others] = await cacheFiles();
  if (others.length > 0) throw new Error(`more than one code cache: ${others.join(', ')}`);
  return join(cache, 'booster', name ?? '');
}
/** A checkout of the launcher alone, without dist; to be called before each test. */
export async function makeCheckout(): Promise<void> {
  checkout = await mkdtemp(join(tmpdir(), 'booster-launcher-'));
  cache = join(checkout, 'cache');
  await mkdir(join(checkout, 'dist'));
  await cp(join(root, 'bin'), join(checkout, 'bin'), { recursive: true });
}

export async function removeCheckout(): Promise<void> {
  await rm(checkout, { recursive: true, force: true });
}
