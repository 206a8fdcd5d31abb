#!/usr/bin/env node
// The launcher: loads chunks of dist/cli.cjs with V8's code cache and hands the process over as `io`. It loads nothing but
// `fs`, `vm` and the reader of chunks on its way, because every module costs start-up time.
'use strict';
const fs = require('node:fs');
const { compiledChunks, createLoader, openBundle } = require('./chunks.cjs');

const bundlePath = `${__dirname}/../dist/cli.cjs`;

/** Folder for code caches, or undefined when the environment names none. Relative XDG paths are invalid by their standard. */
function cacheFolder() {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local, HOME: home } = process.env;
  if (xdg !== undefined && xdg.startsWith('/')) return `${xdg}/booster`;
  if (process.platform === 'win32') return local ? `${local}\\booster` : undefined;
  return home ? `${home}/.cache/booster` : undefined;
}

/**
 * One cache for each sub-command and for how far a run got (0 no engine worked, 1 it read a text, 2 it changed one), since each
 * compiles other functions lazily: after a first run that had nothing to do, later ones would be slow for ever.
 */
function cacheName(hash, command, depth) {
  return `${command}-${depth === 0 ? '' : `${depth}-`}${hash}-${process.versions.v8}-${process.arch}.bin`;
}

/** The cache of the run that got furthest, by chunk. */
function findCache(folder, hash, command) {
  for (let depth = 2; depth >= 0; depth -= 1) {
    const chunks = readCache(`${folder}/${cacheName(hash, command, depth)}`);
    if (chunks !== undefined) return { chunks, depth };
  }
  return { chunks: new Map(), depth: -1 };
}

/** A cache file is a line of JSON, `[[chunk, bytes], …]`, and the data of these chunks, each beginning at a multiple of 8 bytes. */
function chunksOf(data) {
  const end = data.indexOf(10);
  const chunks = new Map();
  let offset = aligned(end + 1);
  for (const [name, length] of JSON.parse(data.latin1Slice(0, end))) {
    chunks.set(name, data.subarray(offset, offset + length));
    offset += aligned(length);
  }
  return chunks;
}

/** V8 copies data that does not begin at a multiple of 8 bytes. */
function aligned(length) {
  return Math.ceil(length / 8) * 8;
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
    // zeros are equal, too, but are no list of chunks
    return both.compare(both, half, size, 0, half) === 0 ? chunksOf(both.subarray(0, half)) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/** Best effort, like the writing itself: an update may have taken the file away meanwhile. */
function keepCache(folder, name, chunks) {
  try {
    const { writeCache } = require('./write-cache.cjs');
    writeCache(folder, name, chunks);
  } catch {
    // the next start is slower
  }
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

const ofTerminals = new Set(['isTTY', 'columns', 'rows', 'hasColors', 'getColorDepth', 'getWindowSize']);

/**
 * A stream to a file, a pipe, a socket or /dev/null that writes at once, as Node's own does there, which takes 3 ms to make. Node's own is
 * opened for whatever else is wanted of it, and takes over for good when a write fails: a reader that has gone, a full disk
 * or a full pipe that does not block are met there as ever.
 */
function quickStream(descriptor, open) {
  if (!isPlain(descriptor)) return open();
  let own;
  const ownStream = () => (own ??= open());
  let hasTakenOver = false;
  const write = (chunk, ...rest) => {
    hasTakenOver ||= rest.length > 0;
    if (hasTakenOver) return ownStream().write(chunk, ...rest);
    let left = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    try {
      while (left.length > 0) left = left.subarray(fs.writeSync(descriptor, left));
      return true;
    } catch {
      hasTakenOver = true;
      return ownStream().write(left);
    }
  };
  return new Proxy(Object.freeze({}), {
    get(_, name) {
      if (name === 'write') return write;
      if (ofTerminals.has(name)) return undefined;
      const value = ownStream()[name];
      return typeof value === 'function' ? value.bind(own) : value;
    },
  });
}

/** On Windows, pipes do not write at once. */
function isPlain(descriptor) {
  if (process.platform === 'win32') return false;
  try {
    const stat = fs.fstatSync(descriptor);
    return stat.isFile() || stat.isFIFO() || stat.isSocket() || stat.rdev === fs.statSync('/dev/null').rdev;
  } catch {
    return false;
  }
}

/**
 * Not process.availableMemory(): in a container it counts cached files as taken, and the kernel gives those back when
 * memory is wanted. Without a limit, Node 20 gives 0 or a number beyond all memory.
 */
function memoryLeftBytes() {
  const limit = process.constrainedMemory() || Infinity;
  return limit >= Number.MAX_SAFE_INTEGER ? Infinity : Math.max(0, limit - process.memoryUsage.rss());
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
    startDetached(...args) {
      const { startDetached } = require('./start-process.cjs');
      return startDetached(__filename, ...args);
    },
    noteWork(depth) {
      work.depth = Math.max(work.depth, depth);
    },
    isProcessAlive,
    startFlusher(request) {
      const { startFlusher } = require('./start-process.cjs');
      startFlusher(request);
    },
    leaveBehind() {
      isLeavingBehind = true;
    },
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return (stdout ??= quickStream(1, () => guardResult(process.stdout)));
    },
    get stderr() {
      return (stderr ??= quickStream(2, () => ignoreFaults(process.stderr)));
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
  let bundle;
  try {
    bundle = openBundle(bundlePath);
  } catch (error) {
    const isMissing = error.code === 'ENOENT';
    const problem = isMissing ? 'is missing' : `cannot be read (${error.message})`;
    return failOpen(argv, `booster: dist/cli.cjs ${problem}; run \`npm run build\`\n`);
  }
  const { hash, entry } = bundle;
  const folder = cacheFolder();
  const cached = folder === undefined ? { chunks: new Map(), depth: -1 } : findCache(folder, hash, command);
  const loader = createLoader(bundle, cached.chunks);
  const { io, release, work } = createIo(cwd, hash);
  const exitCode = await loader.load(entry).main(argv, io);
  release();
  // 2: it failed; 130: it was interrupted
  const isWhole = exitCode !== 2 && exitCode < 128;
  if (folder !== undefined && isWhole && (!loader.isComplete || work.depth > cached.depth)) {
    const depth = Math.max(work.depth, cached.depth);
    keepCache(folder, cacheName(hash, command, depth), compiledChunks(loader.scripts, cached.chunks));
  }
  return exitCode;
}

const argv = process.argv.slice(2);
// Nothing is left to do or to print. Node would take the heap and the engines apart now, which takes 3 to 4 ms.
process.once('beforeExit', () => process.exit());
run(argv).then(
  (exitCode) => {
    process.exitCode = isResultLost && argv[0] !== 'hook' ? 2 : exitCode;
    if (isLeavingBehind) leave();
  },
  (error) => {
    process.exitCode = failOpen(argv, `booster: internal error: ${error?.stack ?? error}\n`);
  },
);
