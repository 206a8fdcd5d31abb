// generated code against what it replaces: validators against zod, collections against their naive form
//
// npm run bench -- generate [--write]
// --write  store the figures: src/generators/{validator,collection}/measured.json; then `npm run generate`
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateCode } from '../dist/index.js';
import { collectionWorkloads } from './collection-workloads.mjs';
import { spread } from './interleave.mjs';
import { formatRatio, table } from './markdown.mjs';
import { validatorWorkloads } from './validator-workloads.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const rounds = 15;
const sliceMs = 40;
/** So many values or a few more are checked between two looks at the clock. */
const checks = 240;
/** The generated validator is to be so many times faster than zod. */
const goal = 5;
const folder = await mkdtemp(join(tmpdir(), 'booster-bench-generate-'));
const node = process.versions.node.split('.').slice(0, 2).join('.');

/** Nanoseconds per call over one slice of time; `run` makes so many calls. */
function measure(run, callsPerRun) {
  let calls = 0;
  const started = performance.now();
  let passed = 0;
  while (passed < sliceMs) {
    run();
    calls += callsPerRun;
    passed = performance.now() - started;
  }
  return (passed * 1e6) / calls;
}

/** Ratios of neighbouring slices, the order changing from round to round. */
function compare(naive, fast, callsPerRun) {
  for (let round = 0; round < 3; round += 1) [naive, fast].forEach((run) => measure(run, callsPerRun));
  const ratios = [];
  const times = { naive: [], fast: [] };
  for (let round = 0; round < rounds; round += 1) {
    const swapped = round % 2 === 1;
    const first = measure(swapped ? fast : naive, callsPerRun);
    const second = measure(swapped ? naive : fast, callsPerRun);
    const [slow, quick] = swapped ? [second, first] : [first, second];
    times.naive.push(slow);
    times.fast.push(quick);
    ratios.push(slow / quick);
  }
  return { ratio: spread(ratios), naiveNs: spread(times.naive).median, fastNs: spread(times.fast).median };
}

async function load(name, text) {
  const file = join(folder, name);
  await writeFile(file, text);
  return import(pathToFileURL(file).href);
}

async function measureValidators() {
  const rows = [];
  for (const [at, { name, schema, zod, ...values }] of validatorWorkloads.entries()) {
    const input = JSON.stringify(schema);
    const { files } = await generateCode({ generator: 'validator', name: 'T', input, filename: 't.mjs' });
    const { validateT } = await load(`validator-${at}.mjs`, files[0].contents);
    for (const kind of ['valid', 'invalid']) {
      // as they come from outside: a text put together from parts is stored as its parts
      const given = JSON.parse(JSON.stringify(values[kind]));
      const wrong = given.filter((value) => validateT(value) !== zod.safeParse(value).success);
      if (wrong.length > 0 || given.some((value) => validateT(value) !== (kind === 'valid')))
        throw new Error(`${name}, ${kind}: wrong verdict`);
      const turns = Math.ceil(checks / given.length);
      const { ratio, naiveNs, fastNs } = compare(
        () => {
          for (let turn = 0; turn < turns; turn += 1) for (const value of given) zod.safeParse(value);
        },
        () => {
          for (let turn = 0; turn < turns; turn += 1) for (const value of given) validateT(value);
        },
        turns * given.length,
      );
      rows.push({ workload: `${name}, ${kind}`, ratio, zodNs: Math.round(naiveNs), generatedNs: Math.round(fastNs) });
    }
  }
  return rows;
}

async function measureCollections() {
  const rows = [];
  for (const [kind, workloads] of Object.entries(collectionWorkloads)) {
    const [{ contents }] = (await generateCode({ generator: 'collection', name: 'Made', options: { kind } })).files;
    const { transform } = await import('esbuild');
    const { code } = await transform(contents, { loader: 'ts', format: 'esm' });
    const lru = pathToFileURL(join(root, 'node_modules/lru-cache/dist/esm/index.js')).href;
    const { Made } = await load(`${kind}.mjs`, code.replace(/from "lru-cache"/, `from ${JSON.stringify(lru)}`));
    for (const { n, naive, fast } of workloads) {
      const [slow, quick] = [naive(), fast(Made)];
      if (JSON.stringify(slow()) !== JSON.stringify(quick())) throw new Error(`${kind} at ${n}: results differ`);
      rows.push({ kind, n, ratio: compare(slow, quick, 1).ratio });
    }
  }
  return rows;
}

function times({ median, low, high }) {
  return `${formatRatio(median)} × (${formatRatio(low)}–${formatRatio(high)})`;
}

const rounded = (value) => Number(value.toPrecision(3));

function validatorFigures(rows) {
  const geometricMean = rounded(
    Math.exp(rows.reduce((sum, { ratio }) => sum + Math.log(ratio.median), 0) / rows.length),
  );
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/zod/package.json'), 'utf8'));
  const workloads = rows.map(({ workload, ratio, zodNs, generatedNs }) => ({
    workload,
    ...{ ratio: rounded(ratio.median), low: rounded(ratio.low), high: rounded(ratio.high) },
    ...{ zodNs, generatedNs },
  }));
  return { node, zod: version, goal, geometricMean, workloads };
}

async function store(generator, figures) {
  const path = `src/generators/${generator}/measured.json`;
  await writeFile(join(root, path), `${JSON.stringify(figures, undefined, 2)}\n`);
  console.log(`written: ${path}; now run npm run generate`);
}

try {
  const validators = await measureValidators();
  const figures = validatorFigures(validators);
  console.log(`Node ${node}, median and quartiles of ${rounds} rounds side by side\n`);
  const row = ({ workload, ratio, zodNs, generatedNs }) => [
    ...[workload, times(ratio), `${generatedNs} ns`, `${zodNs} ns`],
    ratio.median >= goal ? 'met' : 'MISSED',
  ];
  const head = ['Validator', `zod ${figures.zod} takes`, 'generated', 'zod', `at least ${goal} ×`];
  console.log(table([head, ...validators.map(row)]));
  console.log(`geometric mean ${formatRatio(figures.geometricMean)} ×\n`);
  const collections = await measureCollections();
  const collectionRows = collections.map(({ kind, n, ratio }) => [kind, n, times(ratio)]);
  console.log(table([['Collection', 'At', 'The naive form takes'], ...collectionRows]));
  if (process.argv.includes('--write')) {
    await store('validator', figures);
    const byKind = Object.fromEntries(collections.map(({ kind }) => [kind, []]));
    for (const { kind, n, ratio } of collections) byKind[kind].push({ n, ratio: rounded(ratio.median), node });
    await store('collection', byKind);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
