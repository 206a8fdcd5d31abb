#!/usr/bin/env node
// The launcher: loads dist/cli.cjs with V8's code cache and hands the process over as `io`. It loads nothing but `fs` and
// `vm` on its way, because every module costs start-up time.
'use strict';
const fs = require('node:fs');
const vm = require('node:vm');

const bundlePath = `${__dirname}/../dist/cli.cjs`;
const staleAfterMs = 30 * 24 * 3600 * 1000;

/** Folder for code caches, or undefined when the environment names none. Relative XDG paths are invalid by their standard. */
function cacheFolder() {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local, HOME: home } = process.env;
  if (xdg !== undefined && xdg.startsWith('/')) return `${xdg}/booster`;
  if (process.platform === 'win32') return local ? `${local}\\booster` : undefined;
  return home ? `${home}/.cache/booster` : undefined;
}

/** The hash in the first line of a bundle; empty when it has none. */
function hashOf(source) {
  return /^\/\/([0-9a-f]{32})\n/.exec(source.slice(0, 35))?.[1] ?? '';
}

/**
 * One cache for each sub-command and for how far a run got (0 no engine worked, 1 it read a text, 2 it changed one), since each
 * compiles other functions lazily: after a first run that had nothing to do, later ones would be slow for ever.
 */
function cacheName(hash, command, depth) {
  return `${command}-${depth === 0 ? '' : `${depth}-`}${hash}-${process.versions.v8}-${process.arch}.bin`;
}

/** The cache of the run that got furthest. */
function findCache(folder, hash, command) {
  for (let depth = 2; depth >= 0; depth -= 1) {
    const data = readCache(`${folder}/${cacheName(hash, command, depth)}`);
    if (data !== undefined) return { data, depth };
  }
  return { data: undefined, depth: -1 };
}

/**
 * Reads a code cache. The file holds the data twice: V8 does not verify its content (one flipped byte aborts the
 * process), and comparing two halves costs a tenth of any checksum. A file that another user could have written is not
 * trusted, as it is code.
 */
function readCache(file) {
  let descriptor;
  try {
    descriptor = fs.openSync(file, 'r');
    const { size, uid, mode } = fs.fstatSync(descriptor);
    const owned = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    if (!owned || size === 0 || size % 2 !== 0) return undefined;
    const both = Buffer.allocUnsafeSlow(size);
    if (fs.readSync(descriptor, both, 0, size, 0) !== size) return undefined;
    const half = size / 2;
    return both.compare(both, half, size, 0, half) === 0 ? both.subarray(0, half) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function removeStale(folder, now) {
  for (const name of fs.readdirSync(folder)) {
    const path = `${folder}/${name}`;
    if (/\.(bin|tmp)$/.test(name) && now - fs.statSync(path).mtimeMs > staleAfterMs) fs.unlinkSync(path);
  }
}

/**
 * Makes a folder and the one above it, no more: a home that does not exist stays so. Not `recursive`, which never ends
 * where the system answers "no such file" to every attempt, as below /proc.
 */
function makeFolder(folder) {
  const parent = folder.slice(0, Math.max(folder.lastIndexOf('/'), folder.lastIndexOf('\\')));
  for (const path of [parent, folder]) {
    try {
      fs.mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

/** Best effort: a cache that cannot be written only costs the next start some milliseconds. */
function writeCache(folder, name, script) {
  const temporary = `${folder}/${name}.${process.pid}.tmp`;
  let descriptor;
  try {
    makeFolder(folder);
    const data = script.createCachedData();
    descriptor = fs.openSync(temporary, 'wx', 0o600);
    fs.writeFileSync(descriptor, Buffer.concat([data, data]));
    fs.renameSync(temporary, `${folder}/${name}`);
    removeStale(folder, Date.now());
  } catch {
    // on a full disk, every run would leave one; what a killed run leaves, a later removeStale takes
    if (descriptor !== undefined) fs.rmSync(temporary, { force: true });
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function loadBundle(source, cachedData) {
  const script = new vm.Script(`(function(exports,require,module,__filename,__dirname){${source}\n})`, {
    filename: bundlePath,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const bundle = { exports: {} };
  const folder = bundlePath.slice(0, bundlePath.lastIndexOf('/'));
  script.runInThisContext()(bundle.exports, require, bundle, bundlePath, folder);
  return { script, main: bundle.exports.main };
}

let isResultLost = false;

/**
 * A reader that stops early (`| head`) closes the pipe: it has what it wants, and the work goes on. Any other fault (a full
 * disk) loses the result, which must not look like success, nor like exit code 1.
 */
function guardResult(stream) {
  return stream.on('error', (error) => {
    if (error.code === 'EPIPE' || isResultLost) return;
    isResultLost = true;
    if (argv[0] !== 'hook') process.exitCode = 2;
    ignoreFaults(process.stderr).write(`error: standard output cannot be written: ${error.message}\n`);
  });
}

/** When messages cannot be printed, there is nowhere to say so; the exit code still holds. */
function ignoreFaults(stream) {
  return stream.on('error', () => undefined);
}

/**
 * Not process.availableMemory(): in a container it counts cached files as taken, and the kernel gives those back when
 * memory is wanted. Without a limit, Node 20 gives 0 or a number beyond all memory.
 */
function memoryLeftBytes() {
  const limit = process.constrainedMemory() || Infinity;
  return limit >= Number.MAX_SAFE_INTEGER ? Infinity : Math.max(0, limit - process.memoryUsage.rss());
}

/** Ends with nobody's terminal and with no one waiting for it. */
function startDetached(argv, logPath) {
  const { spawn } = require('node:child_process');
  const log = fs.openSync(logPath, 'a', 0o600);
  const child = spawn(process.execPath, [...process.execArgv, __filename, ...argv], {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', log],
  });
  fs.closeSync(log);
  const exited = new Promise((resolve) => {
    child.on('error', () => resolve(undefined)).on('exit', (exitCode) => resolve(exitCode ?? undefined));
  });
  const release = () => {
    child.unref();
    child.stdout.destroy();
  };
  return { stdout: child.stdout, exited, release };
}

/** A process of another user exists, too, but cannot be signalled. */
function isProcessAlive(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Brings waiting records to Redis, and outlives this process by 30 s at most (see flush-records.cjs). */
function startFlusher(request) {
  const { spawn } = require('node:child_process');
  spawn(process.execPath, [`${__dirname}/flush-records.cjs`], {
    detached: true,
    windowsHide: true,
    stdio: 'ignore',
    cwd: __dirname,
    env: { ...process.env, BOOSTER_FLUSH: request },
  })
    .on('error', () => undefined)
    .unref();
}

let isLeavingBehind = false;

/** Ends the process when everything is printed, although something is still open that cannot be ended. */
function leave() {
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
}

/** Getters, since each stream costs a millisecond or two when it is first touched. */
function createIo(cwd, build) {
  const interruption = new AbortController();
  const work = { depth: 0 };
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  let stdout;
  let stderr;
  const io = {
    env: process.env,
    cwd,
    signal: interruption.signal,
    nodeVersion: process.versions.node,
    platform: process.platform,
    memoryLeftBytes,
    userId: process.getuid?.(),
    processId: process.pid,
    build,
    startDetached,
    noteWork(depth) {
      work.depth = Math.max(work.depth, depth);
    },
    isProcessAlive,
    startFlusher,
    leaveBehind() {
      isLeavingBehind = true;
    },
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return (stdout ??= guardResult(process.stdout));
    },
    get stderr() {
      return (stderr ??= ignoreFaults(process.stderr));
    },
  };
  const release = () => process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  return { io, release, work };
}

/** `undefined` when the folder has been removed meanwhile. */
function currentFolder() {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** An agent stops when its hook fails: whatever is wrong with this program, a hook says nothing and succeeds. */
function failOpen(argv, message) {
  process.stderr.write(message);
  if (argv[0] !== 'hook') return 2;
  process.stdout.write('{}\n');
  return 0;
}

async function run(argv) {
  // Help compiles next to nothing of the command: as its cache, it would make every later run slower.
  const isHelp = argv.includes('--help') || argv.includes('-h');
  const command = !isHelp && /^[a-z][a-z-]{0,20}$/.test(argv[0] ?? '') ? argv[0] : 'main';
  const cwd = currentFolder();
  if (cwd === undefined) {
    return failOpen(argv, 'error: the current folder does not exist any more; change to another one\n');
  }
  let source;
  try {
    source = fs.readFileSync(bundlePath, 'latin1');
  } catch {
    return failOpen(argv, 'booster: dist/cli.cjs is missing; run `npm run build`\n');
  }
  const folder = cacheFolder();
  const hash = hashOf(source);
  const isCacheable = folder !== undefined && hash !== '';
  const cached = isCacheable ? findCache(folder, hash, command) : { data: undefined, depth: -1 };
  const { script, main } = loadBundle(source, cached.data);
  const { io, release, work } = createIo(cwd, hash);
  const exitCode = await main(argv, io);
  release();
  const isCached = cached.data !== undefined && script.cachedDataRejected !== true;
  if (isCacheable && exitCode < 2 && (!isCached || work.depth > cached.depth)) {
    // one that was rejected is replaced, or it would be read and rejected each time
    writeCache(folder, cacheName(hash, command, isCached ? work.depth : Math.max(work.depth, cached.depth)), script);
  }
  return exitCode;
}

const argv = process.argv.slice(2);
run(argv).then(
  (exitCode) => {
    process.exitCode = isResultLost && argv[0] !== 'hook' ? 2 : exitCode;
    if (isLeavingBehind) leave();
  },
  (error) => {
    process.exitCode = failOpen(argv, `booster: internal error: ${error?.stack ?? error}\n`);
  },
);
