import type { AnalysisReport, AnalysisReportContext } from '../analysis-reporters/analysis-report.ts';
import { analysisSummaryText } from '../analysis-reporters/analysis-text.ts';
import { measurementText } from '../analysis-reporters/measured-text.ts';
import { pageData } from './page-data.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

/**
 * One HTML page that needs nothing else: flame graph, findings, functions and sources. It loads nothing from anywhere, which
 * its content security policy also says.
 */
export function htmlAnalysis(report: AnalysisReport, { version }: AnalysisReportContext): string {
  const { summary, html } = report;
  const facts = [analysisSummaryText(summary)];
  if (summary.measurement !== undefined) facts.push(...measurementText(summary.measurement).trimEnd().split('\n'));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>booster analyze</title>
<style>${pageStyle}</style>
</head>
<body>
<h1>booster analyze</h1>
${facts.map((fact) => `<p class="facts">${escapeHtml(fact)}</p>`).join('\n')}
${html?.flame === undefined ? '' : '<h2>Where the time went</h2>\n<div id="flame"></div>'}
<h2>Findings</h2>
<table id="findings"></table>
<h2>Functions</h2>
<table id="functions"></table>
<h2>Source</h2>
<select id="file" aria-label="file"></select>
<div id="source" tabindex="0"></div>
<p class="facts">booster ${escapeHtml(version)}</p>
<script type="application/json" id="data">${jsonForHtml(pageData(report))}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

/** `<` is written so that no text of the code ends the element that holds it. */
function jsonForHtml(data: Record<string, unknown>): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
