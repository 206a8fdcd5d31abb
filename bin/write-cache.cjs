// Writes V8's code cache for the launcher, which most runs only read.
'use strict';
const fs = require('node:fs');

const staleAfterMs = 30 * 24 * 3600 * 1000;

/** See `chunksOf` in booster.cjs. */
function cacheData(chunks) {
  const head = Buffer.from(`${JSON.stringify([...chunks].map(([name, data]) => [name, data.length]))}\n`, 'latin1');
  const padded = [head, ...chunks.values()].flatMap((data) => [data, Buffer.alloc(aligned(data.length) - data.length)]);
  return Buffer.concat(padded);
}

function aligned(length) {
  return Math.ceil(length / 8) * 8;
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
function writeCache(folder, name, chunks) {
  const temporary = `${folder}/${name}.${process.pid}.tmp`;
  let descriptor;
  try {
    makeFolder(folder);
    const data = cacheData(chunks);
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

module.exports = { writeCache };
