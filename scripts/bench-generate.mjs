// generated code against what it replaces: validators against zod, collections against their naive form; `--write` keeps the latter.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { generateCode } from '../dist/index.js';
import { collectionWorkloads } from './collection-workloads.mjs';
import { spread } from './interleave.mjs';
import { table } from './markdown.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const rounds = 15;
const sliceMs = 40;
const folder = await mkdtemp(join(tmpdir(), 'booster-bench-generate-'));
const nodeVersion = process.versions.node.split('.').slice(0, 2).join('.');

/** Nanoseconds per call over one slice of time. */
function measure(run, batch) {
  let calls = 0;
  const started = performance.now();
  let passed = 0;
  while (passed < sliceMs) {
    for (let index = 0; index < batch; index += 1) run();
    calls += batch;
    passed = performance.now() - started;
  }
  return (passed * 1e6) / calls;
}

/** Ratios of neighbouring slices, the order changing from round to round. */
function compare(naive, fast, batch) {
  for (let round = 0; round < 3; round += 1) [naive, fast].forEach((run) => measure(run, batch));
  const ratios = [];
  const times = { naive: [], fast: [] };
  for (let round = 0; round < rounds; round += 1) {
    const swapped = round % 2 === 1;
    const first = measure(swapped ? fast : naive, batch);
    const second = measure(swapped ? naive : fast, batch);
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

const user = {
  id: 7,
  name: 'Ada Lovelace',
  mail: 'ada@example.org',
  roles: ['admin', 'author'],
  born: '1815-12-10',
  active: true,
};
const order = {
  id: 'A-1001',
  user,
  lines: Array.from({ length: 20 }, (_, index) => ({ sku: `sku-${index}`, count: index + 1, price: 9.5 })),
};
const userSchema = {
  type: 'object',
  required: ['id', 'name', 'mail', 'roles', 'active'],
  properties: {
    id: { type: 'integer', minimum: 1 },
    name: { type: 'string', minLength: 1, maxLength: 100 },
    mail: { type: 'string', pattern: '^[^@ ]+@[^@ ]+$' },
    roles: { type: 'array', items: { enum: ['admin', 'author', 'reader'] } },
    born: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
    active: { type: 'boolean' },
  },
};
const orderSchema = {
  type: 'object',
  required: ['id', 'user', 'lines'],
  properties: {
    id: { type: 'string', minLength: 1 },
    user: userSchema,
    lines: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['sku', 'count', 'price'],
        properties: { sku: { type: 'string' }, count: { type: 'integer', minimum: 1 }, price: { type: 'number' } },
      },
    },
  },
};
const zodUser = z.object({
  id: z.number().int().min(1),
  name: z.string().min(1).max(100),
  mail: z.string().regex(/^[^@ ]+@[^@ ]+$/u),
  roles: z.array(z.enum(['admin', 'author', 'reader'])),
  born: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/u)
    .optional(),
  active: z.boolean(),
});
const zodOrder = z.object({
  id: z.string().min(1),
  user: zodUser,
  lines: z.array(z.object({ sku: z.string(), count: z.number().int().min(1), price: z.number() })).min(1),
});

async function validatorRows() {
  const works = [
    ['user', userSchema, zodUser, user, { ...user, id: 0 }],
    ['order of 20 lines', orderSchema, zodOrder, order, { ...order, user: { ...user, name: '' } }],
  ];
  const rows = [];
  for (const [name, schema, zod, good, bad] of works) {
    const input = JSON.stringify(schema);
    const { files } = await generateCode({ generator: 'validator', name: 'T', input, filename: 't.mjs' });
    const { validateT } = await load(`${name.replaceAll(' ', '-')}.mjs`, files[0].contents);
    for (const [kind, value, expected] of [
      ['valid', good, true],
      ['invalid', bad, false],
    ]) {
      if (validateT(value) !== expected || zod.safeParse(value).success !== expected)
        throw new Error(`${name}, ${kind}: wrong verdict`);
      const { ratio, naiveNs, fastNs } = compare(
        () => zod.safeParse(value),
        () => validateT(value),
        200,
      );
      rows.push([`${name}, ${kind}`, times(ratio), `${Math.round(fastNs)} ns`, `${Math.round(naiveNs)} ns`]);
    }
  }
  return rows;
}

async function collectionRows(figures) {
  const rows = [];
  for (const [kind, workloads] of Object.entries(collectionWorkloads)) {
    const [{ contents }] = (await generateCode({ generator: 'collection', name: 'Made', options: { kind } })).files;
    const { transform } = await import('esbuild');
    const { code } = await transform(contents, { loader: 'ts', format: 'esm' });
    const lru = pathToFileURL(join(root, 'node_modules/lru-cache/dist/esm/index.js')).href;
    const { Made } = await load(`${kind}.mjs`, code.replace(/from "lru-cache"/, `from ${JSON.stringify(lru)}`));
    figures[kind] = [];
    for (const { n, naive, fast } of workloads) {
      const [slow, quick] = [naive(), fast(Made)];
      if (JSON.stringify(slow()) !== JSON.stringify(quick())) throw new Error(`${kind} at ${n}: results differ`);
      const { ratio } = compare(slow, quick, 1);
      figures[kind].push({ n, ratio: Number(ratio.median.toPrecision(3)), node: nodeVersion });
      rows.push([kind, n, times(ratio)]);
    }
  }
  return rows;
}

function times({ median, low, high }) {
  const shown = (value) => Number(value.toPrecision(3)).toLocaleString('en-US');
  return `${shown(median)} × (${shown(low)}–${shown(high)})`;
}

try {
  console.log(`Node ${nodeVersion}, median and quartiles of ${rounds} rounds side by side\n`);
  console.log(table([['Validator', 'zod takes', 'generated', 'zod'], ...(await validatorRows())]));
  const figures = {};
  console.log(table([['Collection', 'At', 'The naive form takes'], ...(await collectionRows(figures))]));
  if (process.argv.includes('--write')) {
    const path = join(root, 'src/generators/collection/measured.json');
    await writeFile(path, `${JSON.stringify(figures, undefined, 2)}\n`);
    console.log('written: src/generators/collection/measured.json; now run npm run generate');
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
