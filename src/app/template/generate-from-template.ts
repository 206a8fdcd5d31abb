import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { readSource } from '../../files/read-source.ts';
import { isTaken } from '../../files/new-file.ts';
import type { TemplateFile } from '../../generators/template/template.ts';
import { BoosterError } from '../../shared/errors.ts';
import { draftFile } from '../draft-file.ts';
import { explainPick } from '../explain-pick.ts';
import { readOptions } from '../run-generator.ts';
import type { GenerateDraft } from '../generate-draft.ts';
import { placeGenerated } from '../generate-into.ts';
import { shownPath } from '../generate-outcome.ts';
import type { GenerateOutcome } from '../generate-outcome.ts';
import { GeneratedRecord } from '../generated-record.ts';
import type { ApplyPool } from '../pool-port.ts';
import type { ConflictSide } from '../merge-three-way.ts';
import { settleDrafts } from '../settle-drafts.ts';
import type { SettleOptions } from '../settle-drafts.ts';
import { insideProject } from './inside-project.ts';
import type { ProjectTemplate } from './project-templates.ts';

export interface TemplateRequest {
  readonly template: ProjectTemplate;
  readonly name?: string;
  /** As with `--set`. */
  readonly options: Readonly<Record<string, string>>;
  /** Why this template, when it was picked for a description. */
  readonly picked?: string;
}

interface Limits extends SettleOptions {
  /** Settles conflicts. */
  readonly keep?: ConflictSide;
  readonly maximumBytes: number;
}

/**
 * Fills in a template and compares the result with the project, as `generateFiles` does for a generator.
 * @throws BoosterError E_GENERATE_*, E_APPLY_* when the engine refuses, E_FILE_*, E_TASK_ABORTED
 */
export async function generateFromTemplate(
  pool: ApplyPool,
  request: TemplateRequest,
  limits: Limits,
): Promise<GenerateOutcome> {
  const startedMs = performance.now();
  const { template, name } = request;
  const { meta, root } = template;
  const options = explainPick(request.picked, () => {
    if (name === undefined && meta.name.required) {
      throw new BoosterError('E_GENERATE_NAME', `${meta.id} needs a name (e.g. ${meta.example})`);
    }
    return readOptions(meta, request.options);
  });
  const files = template.render(name, options).map((file) => ({ file, path: pathOf(file, root) }));
  refuseTwice(files, limits.cwd);
  const record = new GeneratedRecord(root);
  const parameters = createHash('sha256')
    .update(JSON.stringify([name, template.texts, Object.entries(options).sort()]))
    .digest('hex');
  const known = { generator: meta.id, version: meta.version, parameters };
  const skipped: string[] = [];
  const drafts: GenerateDraft[] = [];
  for (const { file, path } of files) {
    const facts = { path, contents: file.body, record, known, ...limits };
    const draft = await draftOf(pool, file, name, facts);
    if (draft === undefined)
      skipped.push(`${shownPath(path, limits.cwd)} is left alone: it holds what \`unless\` says`);
    else drafts.push(draft);
  }
  const picked = request.picked === undefined ? [] : [request.picked];
  const evidence = [...picked, `filled in from ${template.folder}`, ...skipped];
  const made = { generator: meta.id, version: meta.version, evidence };
  return settleDrafts({ made, drafts, record, startedMs }, limits);
}

type FileFacts = Omit<Parameters<typeof placeGenerated>[1], 'part'> & { readonly force: boolean };

/** `undefined` when the file is to be left alone. */
async function draftOf(
  pool: ApplyPool,
  { place, source }: TemplateFile,
  name: string | undefined,
  facts: FileFacts,
): Promise<GenerateDraft | undefined> {
  if (place.into === undefined) return draftFile(pool, facts);
  const { after, owner, unless } = place;
  const part = `template ${source.split('/').slice(-2).join('/')}:${name ?? ''}`;
  // what this template has put in is merged, whatever the file holds
  if (facts.record.find(facts.path, part) === undefined && holds(facts.path, unless, facts.maximumBytes))
    return undefined;
  const where = { ...(after === undefined ? {} : { after }), ...(owner === undefined ? {} : { owner }) };
  return placeGenerated(pool, { ...facts, part, ...where });
}

function pathOf({ place, source }: TemplateFile, root: string): string {
  return insideProject(place.into ?? place.to, root, source);
}

/** Two changes of one file would each be made to what it is now, and the second one would win. */
function refuseTwice(files: readonly { readonly file: TemplateFile; readonly path: string }[], cwd: string): void {
  const seen = new Map<string, string>();
  for (const { file, path } of files) {
    const other = seen.get(path);
    if (other !== undefined) {
      const message = `${file.source}: ${shownPath(path, cwd)} is written by ${other} already; put both into one file of the template`;
      throw new BoosterError('E_GENERATE_TEMPLATE', message, { path: file.source });
    }
    seen.set(path, file.source);
  }
}

/** Whether `unless` is true: of a file that is not there, the placing says so. */
function holds(path: string, unless: string | undefined, maximumBytes: number): boolean {
  if (unless === undefined || !isTaken(path)) return false;
  return readSource(path, { maximumBytes }).text.replaceAll('\r\n', '\n').includes(unless);
}
