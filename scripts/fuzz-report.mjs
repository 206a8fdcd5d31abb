// What portions of mutated files came to, as a section of docs/corpus.md.
import { table } from './markdown.mjs';

const whole = new Intl.NumberFormat('en-US');

const ends = {
  written: 'rewritten',
  unchanged: 'unchanged',
  E_SYNTAX: 'syntax errors',
  E_FILE_NOT_TEXT: 'no text (NUL, bytes that are not UTF-8)',
  E_FILE_TOO_DEEP: 'nested too deeply',
  E_FILE_TOO_LARGE: 'too large',
  E_WASM_MEMORY: 'the parser at its memory limit (thousands of errors in one line)',
  E_GATE_REFUSED: 'rewrites in rewrites that did not settle',
  E_TASK_TIMEOUT: 'the time limit, named (thousands of levels)',
};

/** One report for many. */
export function addCounts(reports) {
  const counts = {};
  for (const report of reports) {
    for (const [name, count] of Object.entries(report.counts)) counts[name] = (counts[name] ?? 0) + count;
  }
  return {
    runs: reports.reduce((sum, { runs }) => sum + runs, 0),
    seeds: [reports[0]?.seed, reports.at(-1)?.seed],
    failures: reports.reduce((sum, { failures }) => sum + failures.length, 0),
    counts,
  };
}

/** The section, with the day of the run. */
export function fuzzSection({ runs, seeds, failures, counts }) {
  const rewrites = Object.entries(counts).filter(([name]) => name.startsWith('rewrite '));
  const applied = rewrites.reduce((sum, [, count]) => sum + count, 0);
  const ended = Object.entries(counts).filter(([name]) => !name.startsWith('rewrite ') && !name.startsWith('read by '));
  const rows = ended.sort(([, a], [, b]) => b - a).map(([name, count]) => [ends[name] ?? name, whole.format(count)]);
  const byRule = rewrites
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name.slice(8)} ${whole.format(count)}`);
  return `
${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, seeds ${seeds.join(' to ')}: ${whole.format(runs)} files, **${failures} failed**,
${whole.format(applied)} rewrites by ${rewrites.length} rules.

${table([['The file ended as', 'Files'], ...rows])}
Rewrites: ${byRule.join(', ')}.

`;
}
