import { loadavg } from 'node:os';
import { machine } from './optimize-report.mjs';
import { table } from './markdown.mjs';

const order = ['lazy', 'function', 'bare', 'dedent', 'all'];

/** What `npm run bench -- apply` prints. */
export function applyText(report) {
  const [sets, ...others] = [setRows, processRows, limitRows].map((rows) => table(rows(report)));
  return [sets, firstRound(report), ...others].join('\n\n');
}

/** The same as a part of docs/benchmarks.md. */
export function applySection(report) {
  const date = new Date().toISOString().slice(0, 10);
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
  return `## Merging edits

Measured on ${date} with \`npm run bench -- apply --write\` on ${machine()}, load ${load}. The ${report.cases} cases are made from the differences between
two versions of commander, immer, preact, semver, table-core and zod: "lazy" has three lines of context, "function" whole functions
between markers, "bare" one function without any, "dedent" is lazy with its indentation lost. Up to three neighbouring changes make a
case; left out are those that would break the file without the rest (a syntax error, a name that is no longer defined). A result counts
as exact when it has the bytes of the wanted file. Both engines run warm in one process, agent-booster 0.2.2 called as its README says: the figures are those of
a second round over all cases, for which nothing is kept of the first but compiled code. Goals: 88, 95, 90 and 75 % exact and 0.2 % wrong
at most; 5 ms (p50) and 50 ms (p99).

${table(setRows(report))}

${firstRound(report)}

One process for an edit of a file of 500 lines, taking turns with \`node -e 0\`, a ratio within a turn. Goal: 4 ×.

${table(processRows(report))}

A file of a megabyte, the best of three: one definition between markers (\`small\`), 10,000 lines between markers (\`large\`), the whole
file (\`full\`), a diff of 10,000 lines (\`diff\`). Goal: under a second, or refused by its size.

${table(limitRows(report))}
`;
}

function firstRound({ first }) {
  const shown = Object.entries(first).map(([name, { p50, p99 }]) => `${name} ${p50.toFixed(1)} / ${p99.toFixed(1)} ms`);
  return `First round, in which V8 compiles (p50 / p99 over all): ${shown.join(', ')}.`;
}

function limitRows({ limits }) {
  const kinds = ['small', 'large', 'full', 'diff'];
  const extensions = [...new Set(limits.map(({ extension }) => extension))];
  const cell = ({ ms, result }) => `${ms.toFixed(0)} ms${result === 'exact' ? '' : `, ${result}`}`;
  const rows = extensions.map((extension) => [
    extension,
    ...kinds.map((kind) => cell(limits.find((one) => one.extension === extension && one.kind === kind))),
  ]);
  return [['file', ...kinds], ...rows];
}

function setRows({ engines }) {
  const head = ['set', 'engine', 'cases', 'exact', 'silently wrong', 'refused', 'white space only'];
  const times = ['p50', 'p99', 'processor p50', 'p99'];
  const rows = order.flatMap((name) =>
    Object.entries(engines).map(([engine, sets]) => {
      const { cases, exact, wrong, refused, whitespace, wall, processor } = sets[name];
      const shares = [exact, wrong, refused, whitespace].map((part) => `${((100 * part) / cases).toFixed(1)} %`);
      const figures = [wall.p50, wall.p99, processor.p50, processor.p99].map((ms) => `${ms.toFixed(1)} ms`);
      return [name, engine, cases, ...shares, ...figures];
    }),
  );
  return [[...head, ...times], ...rows];
}

function processRows({ cold, processor }) {
  const ratio = ({ median, low, high }) => `${median.toFixed(1)} × (${low.toFixed(1)}–${high.toFixed(1)})`;
  const rows = Object.keys(cold).map((name) => [
    `\`${name}\``,
    `${cold[name].ms.median.toFixed(0)} ms`,
    ratio(cold[name].ratio),
    ratio(processor[name].ratio),
  ]);
  return [['process', 'median', 'wall', 'processor time'], ...rows];
}
