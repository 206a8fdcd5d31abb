// What became of the packages of the corpus, as a section of docs/corpus.md.
import { explanations } from './corpus-packages.mjs';
import { table } from './markdown.mjs';

const levels = ['safe', 'balanced', 'aggressive'];
const whole = new Intl.NumberFormat('en-US');

function sum(counts) {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function packageRow({ name, version, files, passing, levels: byLevel }) {
  const cells = levels.map((level) => {
    const { rules, failures } = byLevel[level];
    return `${sum(rules)} in ${byLevel[level].written} files, ${failures.length === 0 ? 'none' : `**${failures.length}**`}`;
  });
  return [`${name} ${version}`, files, whole.format(passing), ...cells];
}

function ruleRows(reports) {
  const counts = new Map();
  for (const { levels: byLevel } of reports) {
    for (const [index, level] of levels.entries()) {
      for (const [rule, count] of Object.entries(byLevel[level].rules)) {
        const row = counts.get(rule) ?? [0, 0, 0];
        row[index] += count;
        counts.set(rule, row);
      }
    }
  }
  return [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([rule, row]) => [rule, ...row]);
}

/** Each new failure with the rule that makes it, which was run alone. */
function failureText(reports) {
  const lines = reports.flatMap(({ name, levels: byLevel }) =>
    levels.flatMap((level) =>
      byLevel[level].culprits.map(({ rule, failures }) => {
        const why = explanations[`${name} ${rule}`] ?? 'not explained yet';
        return `- ${name}, ${rule} (${level}): ${failures.length} tests, such as “${failures[0]}”. ${why}`;
      }),
    ),
  );
  return lines.length === 0 ? 'No level has a new failure.' : lines.join('\n');
}

export function corpusSection(reports) {
  const total = reports.reduce((all, { passing }) => all + passing, 0);
  const all = levels.map((level) =>
    reports.reduce((count, { levels: byLevel }) => count + sum(byLevel[level].rules), 0),
  );
  const rows = ruleRows(reports);
  return `
${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}: ${reports.length} packages, ${whole.format(total)} tests that pass before. Each cell: rewrites, and tests that
passed before and fail with them.

${table([['Package', 'Files', 'Tests', ...levels], ...reports.map(packageRow), ['**all**', '', whole.format(total), ...all]])}
${failureText(reports)}

Rewrites by rule:

${table([['Rule', ...levels], ...rows])}
`;
}

/**
 * What became of the sources of five packages, as another section of the page; by level.
 * @param {{ level: string, files: number, written: number, unchanged: number, refused: number, rules: Record<string, number> }[]} rows
 */
export function sourcesSection(rows) {
  const cells = rows.map(({ level, written, unchanged, refused, rules }) => {
    const found = Object.entries(rules).sort(([a, few], [b, many]) => many - few || a.localeCompare(b));
    const text = found.map(([rule, count]) => `${rule} ${count}`).join(', ');
    return [level, whole.format(written), whole.format(unchanged), refused, `${sum(rules)}: ${text}`];
  });
  return `\n${table([['Level', 'Written', 'Unchanged', 'Refused', 'Rewrites'], ...cells])}\n`;
}
