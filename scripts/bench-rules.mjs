// What each rule gains: its workloads as written and as rewritten, at each size
//
// npm run bench -- rules [ids…] [--write]
// --write   store the ratios in src/rules/<id>/measured.json
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatText } from './format-text.mjs';
import { formatRatio } from './markdown.mjs';
import { measureRatio } from './measure-ratio.mjs';
import { ruleIds } from './rule-folders.mjs';
import { writeWorkloads } from './rule-workloads.mjs';

const widths = [20, 44, 9, 10, 10, 9, 0];

/** Measures the named rules, prints a row for each size as it comes, and gives the ratios by rule id. */
export async function benchRules(root, ids, print) {
  const folder = await mkdtemp(join(tmpdir(), 'booster-bench-'));
  const measured = Object.fromEntries(ids.map((id) => [id, []]));
  try {
    print(row(['rule', 'workload', 'n', 'written', 'rewritten', 'ratio', 'quartiles']));
    for (const { id, name, sizes, ...workload } of await writeWorkloads(root, ids, folder)) {
      for (const size of sizes) {
        const figure = await measureRatio({ ...workload, size });
        print(row(cells(id, name, size, figure)));
        const node = process.versions.node.split('.').slice(0, 2).join('.');
        measured[id].push({ name, size, ratio: Number(figure.ratio.toPrecision(3)), node });
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return measured;
}

function cells(id, name, size, { ratio, low, high, originalNs, rewrittenNs }) {
  const spread = `${formatRatio(low)}–${formatRatio(high)}`;
  return [
    id,
    name,
    size.toLocaleString('en-US'),
    duration(originalNs),
    duration(rewrittenNs),
    `${formatRatio(ratio)}×`,
    spread,
  ];
}

function row(texts) {
  return texts
    .map((text, column) => (column < 2 ? text.padEnd(widths[column]) : text.padStart(widths[column])))
    .join('  ');
}

function duration(ns) {
  const [unit, factor] = ns < 1e3 ? ['ns', 1] : ns < 1e6 ? ['µs', 1e3] : ['ms', 1e6];
  return `${formatRatio(ns / factor)} ${unit}`;
}

async function store(root, measured) {
  for (const [id, figures] of Object.entries(measured)) {
    const path = join(root, 'src', 'rules', id, 'measured.json');
    await writeFile(path, await formatText(path, JSON.stringify(figures)));
  }
}

async function main() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const args = process.argv.slice(2);
  const known = await ruleIds(root);
  const wanted = args.filter((arg) => arg !== '--write');
  const unknown = wanted.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    console.error(`bench: no such rule: ${unknown.join(', ')}; there are ${known.join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const measured = await benchRules(root, wanted.length > 0 ? wanted : known, console.log);
  if (!args.includes('--write')) return;
  await store(root, measured);
  console.log('stored; `npm run generate` brings the figures into the pages');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    console.error(`bench: ${error.message}`);
    process.exitCode = 1;
  });
}
