import type { Reporter, ReporterContext } from './reporter.ts';

/** Each reporter is loaded only when it is asked for. */
const loaders = {
  pretty: async () => (await import('./pretty.ts')).prettyReporter,
  concise: async () => (await import('./concise.ts')).conciseReporter,
  summary: async () => (await import('./summary.ts')).summaryReporter,
  json: async () => (await import('./json.ts')).jsonReporter,
  jsonl: async () => (await import('./jsonl.ts')).jsonlReporter,
  github: async () => (await import('./github.ts')).githubReporter,
} satisfies Record<string, () => Promise<(context: ReporterContext) => Reporter>>;

export type ReporterName = keyof typeof loaders;

export const reporterNames = Object.keys(loaders) as readonly ReporterName[];

export async function createReporter(name: ReporterName, context: ReporterContext): Promise<Reporter> {
  const create = await loaders[name]();
  return create(context);
}
