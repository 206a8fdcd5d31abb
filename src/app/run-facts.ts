import { languageOfPath } from '../engine/language.ts';
import { hashOf } from '../files/read-source.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { AnalyzedFile } from './analyzed-file.ts';
import type { ApplyResult } from './apply-result.ts';
import type { FileChange, FileResult } from './file-result.ts';
import type { GeneratedCode } from './run-generator.ts';
import type { GenerateOutcome } from './generate-outcome.ts';

/** What is recorded of one file; the rest of a record is the same for all files of a run. */
export type RunFacts = Omit<
  RunRecord,
  'v' | 'id' | 'command' | 'at' | 'project' | 'exitCode' | 'host' | 'pid' | 'booster' | 'runMs'
>;

/** What became of a file in `booster optimize`. Of thousands of files, so one by one: with a spread for each part it takes three times as long. */
export function optimizeFacts(result: FileResult): RunFacts {
  const { path, status, reason, findings, change, reader, ranIn, fellBack, cached, bytes, hash, phases, durationMs } =
    result;
  const isNamed = path !== '<stdin>';
  const language = isNamed ? languageOfPath(path) : 'typescript';
  const rules = change === undefined ? [] : applied(findings);
  const facts: Writable<RunFacts> = { status, durationMs };
  if (isNamed) facts.file = path;
  if (language !== undefined) facts.language = language;
  if (reason !== undefined) facts.code = reason.code;
  if (rules.length > 0) facts.rules = rules;
  facts.engine = reader;
  if (ranIn !== undefined) facts.ranIn = ranIn;
  if (fellBack !== undefined) facts.fellBack = fellBack;
  if (cached === true) facts.cached = true;
  if (hash !== undefined) [facts.bytesBefore, facts.hashBefore] = [bytes, hash];
  if (change !== undefined) Object.assign(facts, contentFacts(change));
  if (phases !== undefined) facts.phases = phases;
  return facts;
}

type Writable<Facts> = { -readonly [Name in keyof Facts]: Facts[Name] };

/** What became of an edit in `booster apply`. */
export function applyFacts(result: ApplyResult): RunFacts {
  const { path, written, language, hash, newHash, bytes, merged, change, refusal, reason, ranIn, phases } = result;
  const code = refusal?.code ?? reason?.code;
  const fellBack = (merged?.fellBack ?? refusal?.fellBack)?.code ?? result.ranElsewhere;
  return {
    ...(path !== undefined && { file: path }),
    language,
    status: result.status === 'applied' ? (written ? 'written' : 'changed') : result.status,
    ...(code !== undefined && { code }),
    ...(merged !== undefined && { engine: merged.engine }),
    ...(ranIn !== undefined && { ranIn }),
    ...(fellBack !== undefined && { fellBack }),
    ...(result.cached === true && { cached: true }),
    ...(bytes !== undefined && { bytesBefore: bytes }),
    ...(hash !== undefined && { hashBefore: hash }),
    ...(change !== undefined && { bytesAfter: contentOf(change).length }),
    ...(newHash !== undefined && { hashAfter: newHash }),
    durationMs: result.durationMs + (phases?.writeMs ?? 0),
    ...(phases !== undefined && { phases }),
  };
}

/** What became of a file in `booster analyze`. */
export function analyzeFacts(file: AnalyzedFile): RunFacts {
  const { path, status, reason, findings, reader, ranIn, cached, fellBack, bytes, hash, durationMs } = file;
  const language = languageOfPath(path);
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))];
  return {
    file: path,
    ...(language !== undefined && { language }),
    status: status === 'skipped' ? 'unchanged' : status,
    ...(reason !== undefined && { code: reason.code }),
    ...(rules.length > 0 && { rules }),
    engine: reader,
    ...(ranIn !== undefined && { ranIn }),
    ...(cached === true && { cached }),
    ...(fellBack !== undefined && { fellBack }),
    ...(hash !== undefined && { bytesBefore: bytes, hashBefore: hash }),
    durationMs,
  };
}

/** What became of each file in `booster generate`; the time is that of all together. */
export function generateFacts({ generator, results, durationMs }: GenerateOutcome): RunFacts[] {
  return results.map(({ path, status, written, change }) => {
    const language = languageOfPath(path);
    const before =
      change === undefined || status === 'new' ? undefined : contentOf({ ...change, after: change.before });
    const isSame = status === 'unchanged' || status === 'conflict';
    return {
      file: path,
      ...(language !== undefined && { language }),
      status: isSame ? status : written ? 'written' : 'changed',
      engine: generator,
      ...(before !== undefined && { bytesBefore: before.length, hashBefore: hashOf(before) }),
      ...(change !== undefined && !isSame && contentFacts(change)),
      durationMs,
    };
  });
}

/** Code that `booster generate` printed. */
export function printedFacts({ generator, files }: GeneratedCode, durationMs: number): RunFacts[] {
  return files.map(({ path, contents }) => {
    const language = languageOfPath(path);
    const content = Buffer.from(contents);
    return {
      ...(language !== undefined && { language }),
      status: 'changed',
      engine: generator,
      ...{ bytesAfter: content.length, hashAfter: hashOf(content) },
      durationMs,
    };
  });
}

function applied(findings: FileResult['findings']): string[] {
  return [...new Set(findings.filter(({ status }) => status === 'applied').map(({ ruleId }) => ruleId))];
}

/** What a content becomes. */
export function contentFacts(change: Pick<FileChange, 'after' | 'bom'>): Pick<RunFacts, 'bytesAfter' | 'hashAfter'> {
  const content = contentOf(change);
  return { bytesAfter: content.length, hashAfter: hashOf(content) };
}

function contentOf({ after, bom }: Pick<FileChange, 'after' | 'bom'>): Buffer {
  return Buffer.from((bom ? '\uFEFF' : '') + after);
}
