// Draws findings of booster analyze at random, to be read by a person: what docs/analyze-reading.md is made of.
//
// node scripts/sample-findings.mjs --set five|big|a|b|c|d|e|f|g [--seed N] [--count N] [--lines N] [--json]
// --set     which packages (below); they are brought from the npm registry, not installed
// --seed    same seed, same code, same packages: same findings (default 1)
// --count   how many findings (default 100)
// --lines   lines of the source before and behind each finding (default 12)
// --json    the findings alone, for machines
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unpackPackage } from './unpack-package.mjs';

const bin = fileURLToPath(new URL('../bin/booster.cjs', import.meta.url));

/** Without the bundled libraries. */
const threeAddOns =
  'controls curves exporters geometries lights lines loaders math misc modifiers objects postprocessing renderers transpiler tsl utils webxr'
    .split(' ')
    .map((name) => `examples/jsm/${name}`);

/** Folders of what people wrote, no bundles. */
const sets = {
  five: {
    'rxjs@7.8.2': ['src'],
    'effect@3.18.4': ['src'],
    'zod@4.1.12': ['src'],
    'three@0.170.0': ['src', ...threeAddOns],
    '@tanstack/table-core@8.21.3': ['src'],
  },
  a: {
    'webpack@5.102.1': ['lib'],
    'mongoose@8.19.2': ['lib'],
    'hls.js@1.6.13': ['src'],
    'ghost@6.0.0': ['core/frontend', 'core/server', 'core/shared'],
    'pm2@6.0.13': ['lib'],
  },
  b: {
    'plotly.js@3.1.2': ['src'],
    'serverless@3.40.0': ['lib', 'commands', 'scripts'],
    'eslint@9.38.0': ['lib'],
    'jsdom@27.0.1': ['lib'],
    'knex@3.1.0': ['lib'],
  },
  c: {
    'cytoscape@3.33.1': ['src'],
    'leaflet@1.9.4': ['src'],
    'mathjs@14.8.2': ['lib/esm'],
    'npm@11.6.2': ['lib'],
    'phaser@3.90.0': ['src/gameobjects', 'src/geom', 'src/physics'],
  },
  big: {
    'effect@3.18.4': ['src'],
    'three@0.170.0': ['src', ...threeAddOns],
    '@tanstack/table-core@8.21.3': ['src'],
    'webpack@5.102.1': ['lib'],
    'ghost@6.0.0': ['core/frontend', 'core/server', 'core/shared'],
  },
  d: {
    'ol@10.6.1': ['.'],
    'nightwatch@3.12.2': ['lib'],
    'svelte@5.39.11': ['src'],
    'stylelint@16.25.0': ['lib'],
  },
  e: {
    '@cesium/engine@20.0.1': ['Source'],
    'prebid.js@10.26.0': ['src', 'libraries', 'modules'],
    'discord.js@14.28.1': ['src'],
    'puppeteer-core@24.8.2': ['src'],
    'karma@6.4.4': ['lib'],
  },
  f: {
    'dojo@1.17.3': ['.'],
    'aws-sdk@2.1692.0': ['lib'],
    'mongodb@6.20.0': ['src'],
    'exceljs@4.4.0': ['lib'],
    'zrender@6.0.0': ['src'],
  },
  g: {
    'codemirror@5.65.20': ['lib', 'mode', 'addon', 'keymap'],
    'dojox@1.17.3': ['.'],
    'vega-lite@5.23.0': ['src'],
    'fastify@5.6.1': ['lib'],
    'nodemailer@7.0.9': ['lib'],
  },
};

const { values: flags } = parseArgs({
  options: {
    set: { type: 'string', default: 'a' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '100' },
    lines: { type: 'string', default: '12' },
    json: { type: 'boolean', default: false },
  },
});

/** @returns {{ files: number, findings: { package: string, path: string, text: string, [fact: string]: unknown }[] }} */
function analyze(spec, folders, work) {
  const cwd = unpackPackage(spec, work);
  const args = [bin, 'analyze', ...folders, '--isolated', '--no-ignore', '--no-record', '--no-resident', '--no-cache'];
  const options = { cwd, encoding: 'utf8', maxBuffer: 2 ** 29, env: { ...process.env, NO_COLOR: '1' } };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, '--reporter', 'json'], options);
  if (status !== 0) throw new Error(`${spec}: booster analyze ended with ${status}: ${stderr}`);
  const { files, summary } = JSON.parse(stdout);
  const findings = files.flatMap(({ path, findings: found }) => found.map((one) => ({ package: spec, path, ...one })));
  const texts = new Map(findings.map(({ path }) => [path, readFileSync(join(cwd, path), 'utf8')]));
  return { summary, findings: findings.map((one) => ({ ...one, text: texts.get(one.path) })) };
}

/** Mulberry32: small, the same everywhere, and even enough to draw a sample. */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** In the order of the report. */
function draw(items, count, seed) {
  const random = randomNumbers(seed);
  const order = items.map((_, index) => index);
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [order[index], order[other]] = [order[other], order[index]];
  }
  return order
    .slice(0, count)
    .sort((a, b) => a - b)
    .map((index) => items[index]);
}

function block(finding, index, lines) {
  const { package: spec, path, line, endLine, rule, level, confidence, text } = finding;
  const all = text.split('\n');
  const first = Math.max(1, line - lines);
  const shown = all.slice(first - 1, Math.min(endLine, line + 30) + lines).map((one, offset) => {
    const number = first + offset;
    return `${number >= line && number <= endLine ? '>' : ' '}${String(number).padStart(5)} ${one.slice(0, 200)}`;
  });
  const facts = [
    `cost ${finding.complexity.before} → ${finding.complexity.after}`,
    `confidence ${confidence}: ${finding.confidenceReason}`,
    ...finding.evidence.map((one) => `evidence ${one}`),
    `remedy ${finding.remedy}`,
  ];
  const title = `## ${index + 1}. ${spec} ${path}:${line}:${finding.column} ${rule} (${level})\n${finding.message}`;
  return `${title}\n${facts.join('\n')}\n${shown.join('\n')}\n`;
}

const packages = sets[flags.set];
if (packages === undefined) throw new Error(`--set: one of ${Object.keys(sets).join(', ')}`);
const work = realpathSync(mkdtempSync(join(tmpdir(), 'booster-sample-')));
try {
  const reports = Object.entries(packages).map(([spec, folders]) => ({ spec, ...analyze(spec, folders, work) }));
  const all = reports.flatMap(({ findings }) => findings);
  const sample = draw(all, Number(flags.count), Number(flags.seed));
  if (flags.json) {
    console.log(JSON.stringify(sample, (key, value) => (key === 'text' ? undefined : value), 2));
  } else {
    for (const { spec, summary, findings } of reports)
      console.log(`${spec}: ${summary.files} files, ${summary.failed} failed, ${findings.length} findings`);
    console.log(`${sample.length} of ${all.length}, seed ${flags.seed}\n`);
    for (const [index, finding] of sample.entries()) console.log(block(finding, index, Number(flags.lines)));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
