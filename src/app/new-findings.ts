import { languageOfPath } from '../engine/language.ts';
import type { GitContext } from '../files/git-files.ts';
import { decodeSource } from '../files/read-source.ts';
import { isBoosterError } from '../shared/errors.ts';
import type { AnalyzedFile } from './analyzed-file.ts';
import type { FileSelection } from './find-targets.ts';
import type { AnalyzePool } from './pool-port.ts';

export interface NewFindingsOptions {
  readonly git: GitContext;
  /** What the work is compared with: its base for `since`, else the last commit. */
  readonly selection: FileSelection;
  readonly rules: readonly string[];
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Leaves only the findings that the base revision does not have, by fingerprint: moved and indented code is not new, nor is a file under
 * another name; a second finding of the same kind is. A file that the base does not have is new as a whole.
 * @throws BoosterError E_GIT_UNAVAILABLE, E_GIT_REF, E_TASK_ABORTED
 */
export async function newFindings(
  pool: AnalyzePool,
  files: readonly AnalyzedFile[],
  options: NewFindingsOptions,
): Promise<AnalyzedFile[]> {
  const { baseCommit, renamedSince } = await import('../files/git-files.ts');
  const { selection, git } = options;
  const commit = await baseCommit(selection.kind === 'since' ? selection.ref : undefined, git);
  const earlierNames = commit === undefined ? new Map<string, string>() : await renamedSince(commit, git);
  const result: AnalyzedFile[] = [];
  for (const file of files) {
    if (file.findings.length === 0 || commit === undefined) result.push(file);
    else {
      const known = await knownFingerprints(pool, earlierNames.get(file.path) ?? file.path, commit, options);
      result.push({ ...file, findings: file.findings.filter(({ fingerprint }) => !known.has(fingerprint)) });
    }
  }
  return result;
}

async function knownFingerprints(
  pool: AnalyzePool,
  path: string,
  commit: string,
  { git, rules, maximumBytes, signal }: NewFindingsOptions,
): Promise<ReadonlySet<string>> {
  const { readAtCommit } = await import('../files/git-files.ts');
  const bytes = await readAtCommit(commit, path, git);
  const language = languageOfPath(path);
  if (bytes === undefined || language === undefined) return new Set();
  try {
    const { text } = decodeSource(bytes, path, { maximumBytes });
    const request = { text, language, rules };
    const result = await pool.executeTask(
      { kind: 'analyze', request },
      { where: 'in-process', signal, fallback: true },
    );
    return new Set(result.findings.map(({ fingerprint }) => fingerprint));
  } catch (error) {
    // the base held what booster cannot read: all that is there now counts as new
    if (isBoosterError(error) && error.code !== 'E_TASK_ABORTED') return new Set();
    throw error;
  }
}
