import { join } from 'node:path';
import { loadConfig } from '../../config/load-config.ts';
import { suggest } from '../../config/suggest.ts';
import { isTaken } from '../../files/new-file.ts';
import type { NewFile } from '../../files/new-file.ts';
import { ProjectFolder } from '../../files/project-folder.ts';
import { readSource } from '../../files/read-source.ts';
import type { SourceFile } from '../../files/read-source.ts';
import type { FileWrite } from '../../files/write-all.ts';
import { BoosterError, asBoosterError } from '../../shared/errors.ts';
import { isStackOverflow } from '../../shared/stack-overflow.ts';
import type { FileChange } from '../file-result.ts';
import { agentTools } from './agent-tools.ts';
import { ciTools } from './ci-tools.ts';
import { gitTools } from './git-tools.ts';
import { ownFile } from './init-wish.ts';
import type { InitProject, InitTool, Wish } from './init-wish.ts';

/** What can be set up, in the order of reports. */
export const initTools: readonly InitTool[] = [...agentTools, ...gitTools, ...ciTools];

/** What becomes of one file. */
export interface InitFile {
  /** Ids of the tools that it is for; `booster` for booster's own. */
  readonly tools: readonly string[];
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly what: string;
  /** In both modes. `refused`: stays as it is, for `problem`. */
  readonly status: 'new' | 'changed' | 'unchanged' | 'refused';
  readonly written: boolean;
  /** With `new` and `changed`. */
  readonly change?: FileChange;
  readonly note?: string;
  readonly problem?: string;
  /** What to add by hand. */
  readonly snippet?: string;
}

export interface InitOutcome {
  /** The tools that are set up, and the path that shows that they are used; none when the tool was asked for. */
  readonly tools: readonly { readonly id: string; readonly title: string; readonly sign?: string }[];
  readonly files: readonly InitFile[];
  /** booster is a dependency of the project, as far as its package.json says. */
  readonly isInstalled: boolean;
}

export interface InitOptions {
  /** Absolute. */
  readonly cwd: string;
  /** Ids; empty: those that are found. */
  readonly tools: readonly string[];
  readonly write: boolean;
  readonly signal: AbortSignal;
  /** The user's home folder, where the search for a configuration ends. */
  readonly home?: string;
}

const configText = `# yaml-language-server: $schema=./node_modules/code-booster/schema.json
# All settings: README of code-booster. In force: npx booster optimize --print-config
level: safe
`;

interface Draft {
  readonly file: InitFile;
  readonly write?: FileWrite | NewFile;
}

/**
 * Sets a project up: booster's configuration, and the settings of the tools that are found in it. What stands in a file stays, and what
 * cannot be merged is refused and told; the other files are then written all the same, together or not at all.
 *
 * @throws BoosterError E_INIT_UNKNOWN; E_FILE_*, E_TASK_ABORTED while writing
 */
export async function initProject({ cwd, tools: ids, write, signal, home }: InitOptions): Promise<InitOutcome> {
  const project = new ProjectFolder(cwd);
  const chosen = ids.length > 0 ? ids.map(toolNamed) : initTools.filter(({ find }) => find(project) !== undefined);
  const drafts = [await configDraft(cwd, home)];
  for (const [path, wishes] of wishesByPath(project, chosen)) drafts.push(await draftOf(cwd, path, wishes));
  const writes = drafts.flatMap((draft) => draft.write ?? []);
  if (write && writes.length > 0) {
    const { writeAll } = await import('../../files/write-all.ts');
    await writeAll(writes, { signal });
  }
  return {
    tools: chosen.map(({ id, title, find }) => {
      const sign = find(project);
      return { id, title, ...(sign !== undefined && { sign }) };
    }),
    files: drafts.map((draft) => ({ ...draft.file, written: write && draft.write !== undefined })),
    isInstalled: /"code-booster"\s*:/.test(project.read('package.json') ?? ''),
  };
}

function toolNamed(id: string): InitTool {
  const found = initTools.find((tool) => tool.id === id);
  if (found !== undefined) return found;
  const known = initTools.map((tool) => tool.id);
  const near = suggest(id, known);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `known are ${known.join(', ')}`;
  throw new BoosterError('E_INIT_UNKNOWN', `unknown tool ${JSON.stringify(id.slice(0, 60))}; ${hint}`);
}

interface OwnedWish extends Wish {
  readonly tool: string;
}

function wishesByPath(project: InitProject, tools: readonly InitTool[]): ReadonlyMap<string, readonly OwnedWish[]> {
  const wishes = tools.flatMap(({ id, wishes: of }) => of(project).map((wish) => ({ ...wish, tool: id })));
  const byPath = new Map<string, OwnedWish[]>();
  for (const wish of wishes) byPath.set(wish.path, [...(byPath.get(wish.path) ?? []), wish]);
  return byPath;
}

/** The configuration in force may stand in a folder above. */
async function configDraft(cwd: string, home: string | undefined): Promise<Draft> {
  const wish = { ...ownFile('.boosterrc', 'configuration', configText), tool: 'booster' };
  const about = { tools: ['booster'], path: wish.path, what: wish.what, written: false };
  try {
    const loaded = await loadConfig({ cwd, ...(home !== undefined && { home }) });
    if (loaded === undefined) return await draftOf(cwd, wish.path, [wish]);
    const path = loaded.name.replace(/#.*/, '');
    return { file: { ...about, path, status: 'unchanged', note: `${loaded.name} is in force` } };
  } catch (error) {
    return { file: { ...about, status: 'refused', problem: asBoosterError(error).message } };
  }
}

async function draftOf(cwd: string, path: string, wishes: readonly OwnedWish[]): Promise<Draft> {
  const tools = [...new Set(wishes.map(({ tool }) => tool))];
  const what = [...new Set(wishes.map((wish) => wish.what))].join(', ');
  const about = { tools, path, what, written: false };
  const fullPath = join(cwd, path);
  const snippet = wishes.map((wish) => wish.snippet()).join('\n');
  try {
    const source = isTaken(fullPath) ? readSource(fullPath) : undefined;
    const before = (source?.text ?? '').replaceAll('\r\n', '\n');
    const [first, ...others] = wishes;
    let text = source === undefined ? (first?.create() ?? '') : before;
    let note: string | undefined;
    for (const wish of source === undefined ? others : wishes) {
      const merged = await wish.merge(text);
      if ('problem' in merged) return { file: { ...about, status: 'refused', problem: merged.problem, snippet } };
      text = merged.text;
      note ??= merged.note;
    }
    const noted = note === undefined ? {} : { note };
    if (source === undefined) {
      const change = { before: '', after: text, edits: [{ start: 0, end: 0, text }], bom: false };
      return { file: { ...about, ...noted, status: 'new', change }, write: { path: fullPath, text } };
    }
    if (text === before) return { file: { ...about, ...noted, status: 'unchanged' } };
    return changedDraft({ ...about, ...noted }, source, text);
  } catch (error) {
    const problem = isStackOverflow(error) ? 'is nested too deeply' : asBoosterError(error).message;
    return { file: { ...about, status: 'refused', problem, ...(snippet !== '' && { snippet }) } };
  }
}

function changedDraft(about: Omit<InitFile, 'status'>, source: SourceFile, merged: string): Draft {
  // where line ends differ within a file, nothing is known to be right for what is added
  if (source.eol === 'mixed') return { file: { ...about, status: 'refused', problem: 'has mixed line ends' } };
  const newText = source.eol === 'crlf' ? merged.replaceAll('\n', '\r\n') : merged;
  const edits = [{ start: 0, end: source.text.length, text: newText }];
  const change = { before: source.text, after: newText, edits, bom: source.bom };
  return { file: { ...about, status: 'changed', change }, write: { source, newText } };
}
