import type { AnalysisReporter } from './analysis-report.ts';

/** Each reporter is loaded only when it is asked for. */
const loaders = {
  pretty: async () => (await import('./pretty-analysis.ts')).prettyAnalysis,
  concise: async () => (await import('./concise-analysis.ts')).conciseAnalysis,
  summary: async () => (await import('./summary-analysis.ts')).summaryAnalysis,
  json: async () => (await import('./json-analysis.ts')).jsonAnalysis,
  github: async () => (await import('./github-analysis.ts')).githubAnalysis,
  html: async () => (await import('../analysis-html/html-analysis.ts')).htmlAnalysis,
  jsonl: async () => (await import('./jsonl-analysis.ts')).jsonlAnalysis,
  sarif: async () => (await import('./sarif-analysis.ts')).sarifAnalysis,
  gitlab: async () => (await import('./gitlab-analysis.ts')).gitlabAnalysis,
  junit: async () => (await import('./junit-analysis.ts')).junitAnalysis,
  rdjson: async () => (await import('./rdjson-analysis.ts')).rdjsonAnalysis,
  markdown: async () => (await import('./markdown-analysis.ts')).markdownAnalysis,
} satisfies Record<string, () => Promise<AnalysisReporter>>;

export type AnalysisReporterName = keyof typeof loaders;

export const analysisReporterNames = Object.keys(loaders) as readonly AnalysisReporterName[];

export function isAnalysisReporter(name: string): name is AnalysisReporterName {
  return Object.hasOwn(loaders, name);
}

export async function createAnalysisReporter(name: AnalysisReporterName): Promise<AnalysisReporter> {
  return loaders[name]();
}
