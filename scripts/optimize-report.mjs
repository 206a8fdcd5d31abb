import { availableParallelism, cpus, platform, totalmem } from 'node:os';
import { lintRules } from './lint-tree-config.mjs';
import { table } from './markdown.mjs';

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat('en-US');

/** What a figure was measured on, in words. */
export function machine() {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${availableParallelism()} × ${cpus()[0].model.trim()}, ${memory}, ${platform()}, Node ${process.versions.node}`;
}

/** Median, and the quartiles behind it. */
function range({ median, low, high }) {
  return `${number.format(median)} (${number.format(low)}–${number.format(high)})`;
}

function runsOf(figures) {
  return Object.values(figures)[0].ms.runs;
}

function coldStartRows({ lines, figures }) {
  const linesOf = {
    'no trigger text': lines.quiet,
    'no findings': lines.clean,
    'no findings, very first run': lines.clean,
    'with findings': lines.slow,
  };
  const rows = Object.entries(figures).map(([name, { ms, ratio }]) => [
    name === 'node -e 0' ? '`node -e 0`' : `\`booster optimize\`: ${name}`,
    linesOf[name] ?? '',
    range(ms),
    range(ratio),
  ]);
  return [['Process', 'Lines', 'ms', '× `node -e 0`'], ...rows];
}

function treeRows({ files, bytes, quietBytes, figures }) {
  const rows = Object.entries(figures).map(([name, { ms, ratio }]) => {
    const size = name.includes('nothing') ? quietBytes : bytes;
    return [name, files, number.format(size / 1e6), range(ms), range(ratio), number.format(size / 1e3 / ms.median)];
  });
  return [['Process', 'Files', 'MB', 'ms', '× booster', 'MB/s'], ...rows];
}

function scalingRows(figures) {
  const rows = figures.map(({ name, factor, bytes, rewrites, ms }) => {
    const base = figures.find((figure) => figure.name === name && figure.factor === 1);
    const perByte = (figure) => (figure.ms.median * 1e6) / figure.bytes;
    return [
      name,
      `${factor}×`,
      whole.format(bytes),
      whole.format(rewrites),
      range(ms),
      number.format(perByte({ ms, bytes })),
      number.format(perByte({ ms, bytes }) / perByte(base)),
    ];
  });
  return [['Text', 'Size', 'Bytes', 'Rewrites', 'ms', 'ns per byte', 'per byte, × size 1'], ...rows];
}

function checkedText({ checked: { booster, eslint, jscodeshift }, files }) {
  return (
    `All looked at all ${whole.format(files)} files. booster: ${booster.applied} rewrites in ${booster.changed} files, ` +
    `${booster.unchanged} unchanged (${booster.skipped} of them generated, not looked into), ${booster.refused} refused. ` +
    `ESLint: ${eslint.findings} findings, ${eslint.notParsed} files not parsed. ` +
    `jscodeshift: ${jscodeshift.changed} files changed, ${jscodeshift.notParsed} not parsed.`
  );
}

function aligned(rows) {
  const plain = rows.map((row) => row.map((cell) => String(cell).replaceAll('`', '')));
  const widths = plain[0].map((_, column) => Math.max(...plain.map((row) => row[column].length)));
  return plain
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
    )
    .join('\n');
}

/** The figures for a terminal. */
export function benchmarkText({ coldStart, tree, scaling }) {
  return [
    `${machine()}\nmedians, quartiles in brackets`,
    `Cold start\n${aligned(coldStartRows(coldStart))}`,
    `A tree of real files\n${aligned(treeRows(tree))}\n${checkedText(tree)}`,
    `Time and size\n${aligned(scalingRows(scaling))}`,
  ].join('\n\n');
}

/** The figures as docs/benchmarks.md. */
export function benchmarkPage({ coldStart, tree, scaling }) {
  return `<!-- Written by \`npm run bench -- optimize --write\`; do not edit. -->

# Benchmarks of \`booster optimize\`

Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run bench -- optimize --write\` on ${machine()}. Each figure is the median
with its quartiles in brackets. What is compared takes turns in one run, and a ratio is taken within a turn.
\`NODE_EXTRA_CA_CERTS\` is not set. What a rule gains is measured by \`npm run bench -- rules\` and stands in
[rules.md](rules.md).

## Cold start

One process for one file, from its start to its end, ${runsOf(coldStart.figures)} times. V8's code cache is on disk, filled by an earlier run
on the same file; the very first run finds none. Target: no more than 4 × \`node -e 0\`.

${table(coldStartRows(coldStart))}
## A tree of real files

The sources of rxjs, effect, zod, three and @tanstack/table-core, from the beginning again until there are
${whole.format(tree.files)} files, ${runsOf(tree.figures)} times. booster runs all rules and writes no file; ESLint (through its Node API, with @typescript-eslint/parser,
without cache and types, as many threads as it chooses) runs the rules of its plugins unicorn and e18e that look for the same:
${lintRules.join(', ')}. jscodeshift runs one transform (\`scripts/codeshift-transform.cjs\`); on two cores it starts one worker. Target: ESLint takes at
least 5 × as long, and jscodeshift longer. "Nothing triggers" is a tree of as many files in which
no rule's trigger text occurs, so that none is parsed; "a second run" has the kept results of an earlier one over the same files, and "walk, read and hash" is a Node program that does only that.

${table(treeRows(tree))}
${checkedText(tree)}

## Time and size

The same code once, twice, four and eight times in a file, each copy in a function of its own, through the library in a warm
process at level aggressive. Target: time grows with the bytes and no faster.

${table(scalingRows(scaling))}`;
}

/** README with the rows that this benchmark fills, known by the command at their end. */
export function withFigures(readme, { tree, scaling }) {
  const { figures, files, bytes } = tree;
  const times = (name) => `${number.format(figures[name].ratio.median)} ×`;
  const growth = (name) => {
    const [one, eight] = [1, 8].map((factor) => scaling.find((row) => row.name === name && row.factor === factor));
    return `${number.format(eight.ms.median / eight.bytes / (one.ms.median / one.bytes))} ×`;
  };
  const size = `${whole.format(files)} real files (${number.format(bytes / 1e6)} MB)`;
  const rows = [
    [`${size} against ESLint with ${lintRules.length} rules that look for the same`, `${times('eslint')} faster`],
    ['the same against jscodeshift with one transform', `${times('jscodeshift')} faster`],
    ['the same once more, unchanged (kept results)', `${times('booster, a second run')} the time`],
    [
      'time per byte, file 8 times as long',
      `${growth('with findings')} (with findings), ${growth('without findings')} (without)`,
    ],
  ].map((cells) => `| ${cells.join(' | ')} | \`npm run bench -- optimize\` |`);
  const lines = readme.split('\n');
  const isOurs = (line) => line.startsWith('|') && line.includes('`npm run bench -- optimize`');
  const at = lines.findIndex(isOurs);
  if (at < 0) throw new Error('README.md has no row of `npm run bench -- optimize`');
  const others = lines.filter((line) => !isOurs(line));
  return [...others.slice(0, at), ...rows, ...others.slice(at)].join('\n');
}
