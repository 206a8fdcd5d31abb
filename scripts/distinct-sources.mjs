import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const wanted = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const unwanted = /\.d\.[cm]?ts$|\.min\.|(?:^|\/)(?:umd|bundles?|\.bin|\.cache|\.vite)\//;
const smallest = 1000;
const largest = 100_000;

/**
 * `count` files of the installed packages (pinned by package-lock.json), no two of the same content and none a bundle, dealt out into four
 * quarters of the same size: sorted by size, each four in a row go to one quarter each, in an order that is drawn anew by a fixed seed. So a
 * package is in all quarters, and double the files are double the bytes.
 * @returns {{ path: string, bytes: number }[][]}
 */
export function distinctQuarters(count) {
  const all = distinctFiles();
  if (all.length < count) throw new Error(`the installed packages have ${all.length} different files, not ${count}`);
  const step = all.length / count;
  const picked = Array.from({ length: count }, (_, index) => all[Math.floor(index * step)]);
  const quarters = [[], [], [], []];
  let state = 1;
  for (let at = 0; at + 4 <= picked.length; at += 4) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const first = (state >>> 16) % 4;
    for (let offset = 0; offset < 4; offset += 1) quarters[(first + offset) % 4].push(picked[at + offset]);
  }
  return quarters;
}

/** By size, then by path. */
function distinctFiles() {
  const seen = new Set();
  const files = [];
  for (const path of listFiles()) {
    const text = readFileSync(join(modules, path));
    const digest = createHash('sha1').update(text).digest('hex');
    if (text.length < smallest || text.length > largest || seen.has(digest)) continue;
    seen.add(digest);
    files.push({ path, bytes: text.length });
  }
  return files.sort((a, b) => a.bytes - b.bytes || (a.path < b.path ? -1 : 1));
}

function listFiles() {
  return readdirSync(modules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(modules, join(entry.parentPath, entry.name)))
    .filter((path) => wanted.test(path) && !unwanted.test(path))
    .sort();
}

/** Copies files into a folder, each below its package. */
export function copyFiles(files, folder) {
  for (const { path } of files) {
    const target = join(folder, 'packages', path.replaceAll('node_modules', 'inner'));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(modules, path), target);
  }
}
