import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Pinned in package.json; their sources are what is measured on. */
export const packages = ['rxjs', 'effect', 'zod', 'three', '@tanstack/table-core'];
const wanted = /\.(?:[cm]?[jt]s|[jt]sx)$/;

export const bin = join(root, 'bin', 'booster.cjs');

/** Runs `booster optimize` on a folder and gives its JSON report. */
export function reportOf(folder, env) {
  const args = [bin, 'optimize', '.', '--isolated', '--no-cache', '--reporter', 'json'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, env, maxBuffer: 2 ** 29 });
  if (status !== 0) throw new Error(`booster ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/**
 * Fills a folder with `count` files: the sources of five pinned packages in a fixed order, from the beginning again when
 * they run out. Gives the number of files and of bytes.
 */
export function writeTree(folder, count) {
  return copyRepeatedly(packages.flatMap(sourcesOf), folder, count);
}

/** Fills a folder with the sources of one package. */
export function writePackage(folder, name) {
  const sources = sourcesOf(name);
  return copyRepeatedly(sources, folder, sources.length);
}

/** Fills a folder with every `step`th file of the five packages: a share of each. */
export function writeShare(folder, step) {
  const sources = packages.flatMap(sourcesOf).filter((_, index) => index % step === 0);
  return copyRepeatedly(sources, folder, sources.length);
}

function sourcesOf(name) {
  const source = join(root, 'node_modules', name, 'src');
  return listFiles(source).map((path) => ({ from: join(source, path), to: join(name, path) }));
}

/** Fills a folder with `count` copies of those files of a tree that booster needs no parser for. */
export function writeQuietTree(folder, tree, report, count) {
  const quiet = report.files.filter(({ reader, status }) => reader === 'none' && status === 'unchanged');
  return copyRepeatedly(
    quiet.map(({ path }) => ({ from: join(tree, path), to: path })),
    folder,
    count,
  );
}

function copyRepeatedly(sources, folder, count) {
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    const { from, to } = sources[index % sources.length];
    const target = join(folder, `copy-${Math.floor(index / sources.length) + 1}`, to);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(from, target);
    bytes += readFileSync(target).length;
  }
  return { files: count, bytes };
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => wanted.test(path) && !/\.d\.[cm]?ts$/.test(path))
    .sort();
}

/**
 * Single files for cold starts, about 500 lines each: `quiet` (no rule's trigger text occurs), `clean` (parsed, nothing
 * found) and `slow` (the clean one and a fixture with findings).
 */
export function pickFiles(tree, report) {
  const readable = report.files
    .filter(({ path, findings, status }) => findings.length === 0 && status === 'unchanged' && path.endsWith('.ts'))
    .map(({ path, reader }) => ({ reader, text: readFileSync(join(tree, path), 'utf8') }));
  const clean = readable.find(({ reader, text }) => reader === 'oxc' && isAboutFiveHundredLines(text))?.text;
  if (clean === undefined) throw new Error('the tree has no file of 500 lines that is parsed');
  const quiet = readable.filter(({ reader }) => reader === 'none').map(({ text }) => text);
  return { quiet: quiet.find(isAboutFiveHundredLines) ?? joined(quiet), clean, slow: `${clean}\n${readSlow()}` };
}

/** With many rules, files of 500 lines in which none can match are rare; several small ones in a row are as quiet. */
function joined(texts) {
  let text = '';
  for (const next of texts) {
    text += next;
    if (text.split('\n').length > 450) return text;
  }
  throw new Error('the tree has no 500 lines in which no rule can match');
}

export function readSlow() {
  return readFileSync(join(root, 'fixtures', 'slow', 'order-report.ts'), 'utf8');
}

function isAboutFiveHundredLines(text) {
  const lines = text.split('\n').length;
  return lines > 450 && lines < 550;
}

/** `copies` times the same code, each in a function of its own. */
export function repeatCode(code, copies) {
  const plain = code.replaceAll(/^export /gm, '');
  return Array.from({ length: copies }, (_, index) => `export function part${index}() {\n${plain}\n}\n`).join('');
}
