import type { AnalyzedFile } from '../../app/analyzed-file.ts';
import type { AnalysisReport } from './analysis-report.ts';
import { costText, placeText } from './analysis-text.ts';

/** JUnit's XML: one test suite per file, one failed test per finding; a file without findings is one test that passed. */
export function junitAnalysis({ files, summary }: AnalysisReport): string {
  const { error, warning, info } = summary.findings;
  const counts = `tests="${String(files.reduce((sum, file) => sum + testsOf(file), 0))}" failures="${String(error + warning + info)}"`;
  const broken = files.filter(({ reason }) => reason !== undefined).length;
  const seconds = (summary.durationMs / 1000).toFixed(3);
  const suites = files.map(suiteText).join('');
  return `<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="booster analyze" ${counts} errors="${String(broken)}" time="${seconds}">\n${suites}</testsuites>\n`;
}

function testsOf({ findings, reason }: AnalyzedFile): number {
  return Math.max(1, findings.length + (reason === undefined ? 0 : 1));
}

function suiteText(file: AnalyzedFile): string {
  const { path, findings, reason, status } = file;
  const cases = findings.map((finding) => {
    const { ruleId, line, column, message, remedy, level, confidence } = finding;
    const name = attribute(`${ruleId} (${String(line)}:${String(column)})`);
    const text = content(`${placeText(path, finding)} ${costText(finding)}, ${confidence}\n${remedy}`);
    return `    <testcase classname=${attribute(path)} name=${name}><failure type="${level}" message=${attribute(message)}>${text}</failure></testcase>\n`;
  });
  if (reason !== undefined) {
    const message = attribute(`${reason.message} (${reason.code})`);
    cases.push(
      `    <testcase classname=${attribute(path)} name="read"><error type="${reason.code}" message=${message}/></testcase>\n`,
    );
  }
  if (cases.length === 0) {
    const skipped = status === 'skipped' ? '<skipped/>' : '';
    cases.push(`    <testcase classname=${attribute(path)} name="analyze">${skipped}</testcase>\n`);
  }
  const counts = `tests="${String(testsOf(file))}" failures="${String(findings.length)}" errors="${reason === undefined ? '0' : '1'}"`;
  return `  <testsuite name=${attribute(path)} ${counts}>\n${cases.join('')}  </testsuite>\n`;
}

/** XML 1.0 has no way to write most control characters, nor halves of surrogate pairs. */
const forbidden =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function content(text: string): string {
  return text.replace(forbidden, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(text: string): string {
  const value = content(text)
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
  return `"${value}"`;
}
