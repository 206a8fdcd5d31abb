// Builds dist/: the command line, the worker and the library as the chunks of one CommonJS file, the flusher as another, the
// library's ES module with types, and the WebAssembly files beside them.
//
// Everything from third parties is bundled, so all packages are devDependencies: `npm install code-booster` installs
// nothing else, and a command starts by reading one file instead of a few hundred.
//
// --if-stale   do nothing when dist is newer than all of its sources
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleChunks } from './bundle-chunks.mjs';
import { countRounds } from './count-rounds.mjs';
import { runNode } from './run-node.mjs';
import { writeLicenses } from './third-party-licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const sources = [
  'src',
  'vendor',
  'assembly',
  'scripts/build.mjs',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const entries = {
  cli: 'src/cli/main.ts',
  worker: 'src/pool/worker-entry.ts',
  flush: 'src/app/flush-records.ts',
  index: 'src/index.ts',
  generators: 'src/generators/index.ts',
  typeSchema: 'src/generators/type-schema/index.ts',
};
const wasmFolders = [
  'vendor/oxc-parser',
  'assembly',
  'node_modules/agent-booster/wasm',
  'node_modules/web-tree-sitter',
  'node_modules/tree-sitter-javascript',
  'node_modules/tree-sitter-typescript',
  'node_modules/tree-sitter-python',
  'node_modules/tree-sitter-go',
  'node_modules/tree-sitter-rust',
  'node_modules/tree-sitter-java',
  'node_modules/tree-sitter-c',
  'node_modules/tree-sitter-cpp',
];

/** Where the packages of these files say under which licence they are. */
const licensed = [
  ...wasmFolders.filter((folder) => folder !== 'assembly').map((folder) => folder.replace(/\/wasm$/, '')),
  'vendor/recheck',
];

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  write: false,
  metafile: true,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none', // collected in dist/THIRD-PARTY-LICENSES.txt
  // cosmiconfig would load it for a configuration in TypeScript, which booster does not read
  external: ['typescript'],
  logLevel: 'warning',
  // ASCII output is read as Latin-1, which needs no decoding and gives V8 a one-byte string
  charset: 'ascii',
};

/** What is to end up as CommonJS, which starts 3–5 ms faster than an ES module on Node 20. */
const inCommonJs = {
  ...shared,
  // its ES module asks for node:module by import(), which has no meaning here
  alias: { 'web-tree-sitter': join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
  define: { 'import.meta.url': 'bundleUrl', 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
};

/** `import()` stays lazy, but inside the one file. */
const commonJs = {
  ...inCommonJs,
  format: 'cjs',
  supported: { 'dynamic-import': false },
  banner: { js: 'const bundleUrl=require("node:url").pathToFileURL(__filename).href;' },
};

/** commander loads child_process (and with it net and dgram, 3 ms) at start, for a feature that booster does not use. */
const lazyChildProcess = {
  name: 'lazy-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'child_process', namespace: 'lazy' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({
      contents: "exports.spawn = (...args) => require('node:child_process').spawn(...args);",
      resolveDir: root,
    }));
  },
};

/** What loads node:perf_hooks (0.8 ms) is the first histogram, not `performance.now()`: see `processMs` in bundle-chunks.mjs. */
const processClock = {
  name: 'process-clock',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:perf_hooks$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'perf_hooks', namespace: 'clock' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'clock' }, () => ({
      contents: `export const performance = { now: processMs };
export const createHistogram = (...args) => require('node:perf_hooks').createHistogram(...args);`,
      resolveDir: root,
    }));
  },
};

/**
 * The generators and their packages (ajv and others) are a file of their own, which only those who generate read. The path is
 * that from bin, whose `require` the chunks have.
 */
const generatorsApart = {
  name: 'generators-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/generators\/index\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: '../dist/generators.cjs', external: true } : undefined,
    );
    onResolve({ filter: /\/type-schema\/index\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: '../dist/type-schema.cjs', external: true } : undefined,
    );
  },
};

/** ts-json-schema-generator works with the TypeScript of the project that a command works on. */
const projectTypeScript = {
  name: 'project-typescript',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typescript$/ }, () => ({ path: 'typescript', namespace: 'project' }));
    onLoad({ filter: /.*/, namespace: 'project' }, () => ({
      contents: "export { projectTypeScript as default } from './src/generators/type-schema/project-typescript.ts';",
      resolveDir: root,
    }));
  },
};

async function newestChange(path) {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  const names = await readdir(path);
  const times = await Promise.all(names.map((name) => newestChange(join(path, name))));
  return Math.max(info.mtimeMs, ...times);
}

async function isStale() {
  const built = await stat(join(dist, 'cli.cjs')).catch(() => undefined);
  if (built === undefined) return true;
  const times = await Promise.all(sources.map((source) => newestChange(join(root, source))));
  return Math.max(...times) > built.mtimeMs;
}

/**
 * The launcher keys its code cache by this first line, so that it need not hash the bundle at each start, and kept results are keyed by it:
 * they come from the WebAssembly files, too.
 */
async function withHashLine(contents) {
  const digest = createHash('sha256').update(contents);
  for (const path of await wasmPaths()) digest.update(await readFile(path));
  digest.update(await readFile(join(root, 'scripts', 'count-rounds.mjs')));
  const hash = digest.digest('hex').slice(0, 32);
  return Buffer.concat([Buffer.from(`//${hash}\n`), contents]);
}

async function bundle(name, options, target) {
  const file = join(target, name);
  const result = await build({ ...options, outfile: file });
  const [output] = result.outputFiles;
  await writeFile(file, output.contents);
  return Object.keys(result.metafile.inputs);
}

async function bundleCommandLine(target) {
  const { define } = inCommonJs;
  const { contents, inputs, exported } = await bundleChunks({
    ...inCommonJs,
    plugins: [lazyChildProcess, generatorsApart, processClock],
    define: { ...define, 'performance.now': 'processMs' },
    entryPoints: [entries.cli, entries.worker, entries.index],
  });
  await writeFile(join(target, 'cli.cjs'), await withHashLine(contents));
  await writeFile(join(target, 'index.js'), libraryModule(exported(entries.index)));
  return inputs;
}

/** The ES module of the library, whose exports have to be named. */
function libraryModule(names) {
  return `import { createRequire } from 'node:module';
export const { ${names.join(', ')} } = createRequire(import.meta.url)('../bin/library.cjs');
`;
}

async function wasmPaths() {
  const paths = [];
  for (const folder of wasmFolders) {
    const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.wasm'));
    if (names.length === 0) throw new Error(`no .wasm file in ${folder}`);
    paths.push(...names.sort().map((name) => join(root, folder, name)));
  }
  return paths;
}

async function copyWasm(target) {
  await mkdir(join(target, 'wasm'));
  const paths = await wasmPaths();
  await Promise.all(paths.map((path) => cp(path, join(target, 'wasm', basename(path)))));
  const reader = join(target, 'wasm', 'web-tree-sitter.wasm');
  await writeFile(reader, countRounds(await readFile(reader)));
}

async function emitTypes(target) {
  const tsc = join(root, 'node_modules', 'typescript-7', 'bin', 'tsc');
  const result = await runNode([tsc, '-p', 'tsconfig.build.json', '--outDir', join(target, 'types')], root);
  if (result.exitCode !== 0) throw new Error(`declarations could not be emitted\n${result.output}`);
}

/** Replaces dist in two renames; a failed build never leaves half of one. */
async function swap(target) {
  const old = `${target}-old`;
  await rename(dist, old).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(target, dist);
  await rm(old, { recursive: true, force: true });
}

/** Like Promise.all, but never leaves work running that would write after a failure. */
async function allDone(promises) {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

async function buildAll() {
  for (const entry of Object.values(entries)) {
    await stat(join(root, entry)).catch(() => {
      throw new Error(`entry file ${entry} is missing; dist is left as it was`);
    });
  }
  const target = join(root, `.dist-${process.pid}`);
  await mkdir(target);
  try {
    const generators = { ...commonJs, mainFields: ['module', 'main'], entryPoints: [entries.generators] };
    const typeSchema = {
      ...{ ...commonJs, external: [], mainFields: ['module', 'main'] },
      ...{ plugins: [projectTypeScript], entryPoints: [entries.typeSchema] },
    };
    const [cli, , flush, apart, types] = await allDone([
      bundleCommandLine(target),
      writeFile(join(target, 'worker.cjs'), "require('../bin/worker.cjs');\n"),
      bundle('flush.cjs', { ...commonJs, entryPoints: [entries.flush] }, target),
      bundle('generators.cjs', generators, target),
      bundle('type-schema.cjs', typeSchema, target),
      copyWasm(target),
      cp(join(root, 'vendor/recheck/recheck.cjs'), join(target, 'recheck.cjs')),
      emitTypes(target),
    ]);
    await writeLicenses(
      root,
      [...cli, ...flush, ...apart, ...types],
      licensed,
      join(target, 'THIRD-PARTY-LICENSES.txt'),
    );
    await swap(target);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

if (process.argv.includes('--if-stale') && !(await isStale())) {
  console.log('build: dist is up to date');
} else {
  const started = performance.now();
  try {
    await buildAll();
    const { size } = await stat(join(dist, 'cli.cjs'));
    console.log(
      `build: dist in ${((performance.now() - started) / 1000).toFixed(1)} s, cli.cjs ${Math.round(size / 1024)} kB`,
    );
  } catch (error) {
    console.error(`build: ${error.message}`);
    process.exitCode = 1;
  }
}
