import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileReason, FileResult } from '../../../src/app/file-result.ts';
import type { Tier } from '../../../src/engine/finding.ts';
import type { WASMInstanceManager } from '../../../src/pool/WASMInstanceManager.ts';
import { changeProblems } from '../judge-change.ts';
import { optimizeTree } from '../optimize-tree.ts';
import type { TreeOptions } from '../optimize-tree.ts';
import type { MutatedFile } from './mutate-file.ts';

export interface Judgement {
  readonly file: MutatedFile;
  readonly result: FileResult;
  /** Empty when everything is as it must be. */
  readonly problems: readonly string[];
}

export interface JudgeOptions {
  readonly pool: WASMInstanceManager;
  readonly level: Tier;
  readonly threads: number;
}

/** What may be said about a text that cannot be handled; anything else means that booster itself failed. */
const reasons = ['E_SYNTAX', 'E_FILE_NOT_TEXT', 'E_FILE_TOO_LARGE', 'E_FILE_TOO_DEEP'];

/** From this size on, the parser may run into its memory limit: it keeps a copy of the line for each of its errors. */
const hugeBytes = 10_000;

/** Writes files to a folder, optimises them there as the command does, and looks at every result and at the disk. */
export async function judgeFiles(files: readonly MutatedFile[], options: JudgeOptions): Promise<Judgement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'booster-fuzz-'));
  try {
    mkdirSync(folder, { recursive: true });
    const paths = files.map((file, index) => `${index}${file.extension}`);
    files.forEach(({ bytes }, index) => {
      writeFileSync(join(folder, paths[index] ?? ''), bytes);
    });
    const tree: TreeOptions = { ...options, folder, paths, named: true, write: true };
    const { results } = await optimizeTree(tree);
    if (results.length !== files.length) throw new Error(`${results.length} results for ${files.length} files`);
    const written = results.filter(({ status }) => status === 'written').map(({ path }) => path);
    const problems = new Map(
      results.map((result, index) => [result.path, resultProblems(result, files[index], folder)] as const),
    );
    const second = await optimizeTree({ ...tree, paths: written });
    for (const { path, status } of second.results) {
      if (status !== 'unchanged') problems.get(path)?.push(`a second run says ${status}`);
    }
    return files.flatMap((file, index) => {
      const result = results[index];
      return result === undefined ? [] : [{ file, result, problems: problems.get(result.path) ?? [] }];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function resultProblems(result: FileResult, file: MutatedFile | undefined, folder: string): string[] {
  const { path, status, reason, change, failedRules } = result;
  const original = file?.bytes;
  const problems = failedRules.map(({ ruleId, message }) => `rule ${ruleId} failed: ${message}`);
  if (!['written', 'unchanged', 'refused', 'failed'].includes(status)) problems.push(`it ended as ${status}`);
  if (reason !== undefined && !isAllowed(reason, file)) problems.push(`${reason.code} ${reason.message}`);
  if ((reason === undefined) !== ['written', 'unchanged'].includes(status)) problems.push(`${status} without a reason`);
  const now = readFileSync(join(folder, path));
  if (change === undefined) {
    if (original?.equals(now) !== true) problems.push('the file changed on disk without a change in the result');
    return problems;
  }
  const bom = change.bom ? '\uFEFF' : '';
  if (original?.toString() !== bom + change.before) problems.push('the result is about another text');
  if (now.toString() !== bom + change.after) problems.push('the disk does not hold the new text');
  return [...problems, ...changeProblems(path, change)];
}

function isAllowed({ code, message }: FileReason, file: MutatedFile | undefined): boolean {
  if (code === 'E_WASM_MEMORY') return file !== undefined && file.bytes.length >= hugeBytes;
  // rewrites in rewrites in rewrites take a round each
  if (code === 'E_GATE_REFUSED') return message.includes('did not settle');
  if (code === 'E_TASK_TIMEOUT') return file?.recipe.includes('deep nesting') === true;
  return reasons.includes(code);
}
