// The program of a worker thread: the chunk of src/pool/worker-entry.ts, with the code that earlier threads of the pool compiled.
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const { compiledChunks, createLoader, openBundle } = require('./chunks.cjs');

const loader = createLoader(openBundle(`${__dirname}/../dist/cli.cjs`), workerData.code ?? new Map());
loader.load('worker-entry.js');

parentPort.on('message', ({ type }) => {
  if (type !== 'give-code') return;
  // a Buffer may share its memory with others, which would be copied as well
  const chunks = [...compiledChunks(loader.scripts, new Map())].map(([name, data]) => [name, new Uint8Array(data)]);
  parentPort.postMessage(
    { type: 'code', code: new Map(chunks) },
    chunks.map(([, data]) => data.buffer),
  );
});
