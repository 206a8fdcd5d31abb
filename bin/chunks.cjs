// Reads dist/cli.cjs chunk by chunk (see scripts/bundle-chunks.mjs), for the launcher and for worker threads.
'use strict';
const fs = require('node:fs');
const vm = require('node:vm');

/** The index of the bundle and the chunks that every command loads. */
const firstReadBytes = 160 * 1024;

/**
 * Opens the bundle: its hash (empty when it has none), the places of its chunks and how to read one. It stays open, so that
 * chunks which are loaded late come from the same build as the first ones, although another has been installed meanwhile.
 */
function openBundle(bundlePath) {
  const descriptor = fs.openSync(bundlePath, 'r');
  const start = Buffer.allocUnsafeSlow(firstReadBytes);
  const known = fs.readSync(descriptor, start, 0, firstReadBytes, 0);
  const head = start.latin1Slice(0, known);
  const [, hash, index] = /^\/\/([0-9a-f]{32})\n\/\/(\{.*\})\n/.exec(head) ?? [];
  if (hash === undefined) throw new Error('it was not made by `npm run build`');
  const bodyStart = hash.length + index.length + 6;
  const places = JSON.parse(index);
  const read = (name) => {
    const [offset, length] = places[name];
    const from = bodyStart + offset;
    if (from + length <= known) return start.latin1Slice(from, from + length);
    const bytes = Buffer.allocUnsafeSlow(length);
    // what is missing of a file that was cut off would be whatever the memory held before
    if (fs.readSync(descriptor, bytes, 0, length, from) !== length) throw new Error(`${bundlePath} ends too early`);
    return bytes.latin1Slice();
  };
  return { path: bundlePath, hash, entry: Object.keys(places)[0], read };
}

/**
 * Loads chunks of the bundle when they are asked for, with V8's code cache where there is one. `isComplete` is false once a
 * chunk had none or V8 refused it (made by another version, or with other flags).
 */
function createLoader(bundle, cached) {
  const folder = bundle.path.slice(0, bundle.path.lastIndexOf('/'));
  const bundleUrl = require('node:url').pathToFileURL(bundle.path).href;
  const loaded = new Map();
  const loader = { load, scripts: new Map(), isComplete: true };

  function load(name) {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const exports = {};
    loaded.set(name, exports);
    const cachedData = cached.get(name);
    const script = new vm.Script(bundle.read(name), {
      filename: `${folder}/${name}`,
      cachedData,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    if (cachedData === undefined || script.cachedDataRejected) loader.isComplete = false;
    loader.scripts.set(name, script);
    script.runInThisContext()(exports, take, bundleUrl, bundle.path, folder);
    return exports;
  }

  function take(name) {
    return name.startsWith('./') ? load(name.slice(2)) : require(name);
  }
  // with its cache and resolve(), which packages use
  Object.setPrototypeOf(take, require);

  return loader;
}

/** What this run compiled, and what earlier runs did of chunks that this one did not load. */
function compiledChunks(scripts, cached) {
  const chunks = new Map(cached);
  for (const [name, script] of scripts) chunks.set(name, script.createCachedData());
  return chunks;
}

module.exports = { compiledChunks, createLoader, openBundle };
