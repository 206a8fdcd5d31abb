// The library: the chunk of src/index.ts. What a program does not call is never read.
'use strict';
const { createLoader, openBundle } = require('./chunks.cjs');

const bundle = openBundle(`${__dirname}/../dist/cli.cjs`);
module.exports = createLoader(bundle, new Map()).load('index.js');
