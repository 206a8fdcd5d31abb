// The program of a worker thread: the chunk of src/pool/worker-entry.ts, with the code that earlier threads of the pool compiled.
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const { compiledChunks, createLoader, openBundle } = require('./chunks.cjs');

const bundle = openBundle(`${__dirname}/../dist/cli.cjs`);
const mark = `${bundle.hash}/`;

/** Only of this very build: V8 compares no more than the length of a text, and a package may be updated while a pool runs. */
function ofThisBuild(code = new Map()) {
  return new Map(
    [...code].filter(([name]) => name.startsWith(mark)).map(([name, data]) => [name.slice(mark.length), data]),
  );
}

const loader = createLoader(bundle, ofThisBuild(workerData.code));

workerData.giveCode = () => {
  // a Buffer may share its memory with others, which would be copied as well
  const chunks = [...compiledChunks(loader.scripts, new Map())].map(([name, data]) => [
    mark + name,
    new Uint8Array(data),
  ]);
  parentPort.postMessage(
    { type: 'code', code: new Map(chunks) },
    chunks.map(([, data]) => data.buffer),
  );
};

loader.load('worker-entry.js');
