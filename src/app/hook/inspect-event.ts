import { relative, resolve, sep } from 'node:path';
import type { Resolution } from '../../config/resolve-config.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import type { ResolveOptions } from '../../config/resolve-config.ts';
import { languageOfPath } from '../../engine/language.ts';
import type { Rule } from '../../engine/rule.ts';
import { workspaceOf } from '../../files/workspace.ts';
import type { Io } from '../../shared/io.ts';
import { isExcluded } from '../find-targets.ts';
import { reasonOfError, statusOfReason } from '../file-reason.ts';
import type { RunFacts } from '../run-facts.ts';
import { withRuntime } from '../runtime.ts';
import type { RuntimeIo } from '../runtime.ts';
import { selectRules } from '../select-rules.ts';
import type { HookEvent, ToldBefore } from './hook-event.ts';
import { inspectEdit } from './inspect-edit.ts';
import type { EditReport } from './inspect-edit.ts';

export interface InspectEventOptions {
  readonly io: RuntimeIo & Pick<Io, 'nodeVersion'>;
  readonly rules: readonly Rule[];
  readonly write: boolean;
  readonly isolated: boolean;
  readonly resident: boolean;
  readonly configPath?: string;
  /** Value of `--level`. */
  readonly level?: string;
  readonly signal: AbortSignal;
  readonly remainingMs: () => number;
  /** Settings of the command line that say whether and where the run is recorded. */
  readonly recordSettings: NonNullable<ResolveOptions['flags']>;
  /** Told of a file that could not be looked at; the others go on. */
  readonly onFailure: (path: string, error: unknown) => void;
}

/** What is to be recorded of an event. */
export interface InspectedEvent {
  /** Root of the workspace. */
  readonly cwd: string;
  readonly resolution: Resolution;
  readonly files: RunFacts[];
}

/** A report with the name of its file for messages: relative to the workspace, with forward slashes. */
export type NamedReport = EditReport & { readonly name: string };

/** Folders that agents name in the environment of their hooks. */
const projectVariables = ['CLAUDE_PROJECT_DIR', 'GEMINI_PROJECT_DIR', 'CURSOR_PROJECT_DIR'];

/**
 * Looks at the files of a post-edit event that lie in the workspace: the event's folders, and the repositories around them.
 * The configuration is that of the first file's workspace.
 * @param onBegin gets what is filled while the files are looked at, and is there also when that fails
 * @throws BoosterError E_CONFIG_*, E_RULE_UNKNOWN, E_TASK_ABORTED
 */
export async function inspectEvent(
  event: HookEvent,
  options: InspectEventOptions,
  onBegin: (inspected: InspectedEvent) => void,
): Promise<readonly NamedReport[]> {
  const { io, signal } = options;
  const files = locate(event, io);
  const [first] = files;
  if (first === undefined) return [];
  const place = { ...io, cwd: first.root };
  const resolution = await configOf(options, place.cwd);
  const { config } = resolution;
  const rules = selectedRules(resolution, options);
  const inspected: InspectedEvent = { cwd: place.cwd, resolution, files: [] };
  onBegin(inspected);
  return withRuntime(config, place, async ({ open }) => {
    const { pool } = open(1);
    const inspect = {
      ...{ level: config.level, rules, maximumBytes: config.maxBytes, pool },
      ...{ write: options.write, env: io.env, signal, remainingMs: options.remainingMs },
      isExcluded: (path: string) =>
        isExcluded(path, { cwd: place.cwd, ignore: resolution.ignoreSources, noIgnore: false, signal }),
    };
    const reports: NamedReport[] = [];
    for (const file of files) {
      const name = nameOf(place.cwd, file.path);
      const started = performance.now();
      let facts: Omit<RunFacts, 'durationMs'> = { file: name, status: 'analyzed' };
      const onFacts = (more: Partial<RunFacts>): void => void (facts = { ...facts, ...more });
      try {
        const report = await inspectEdit(file, { ...inspect, onFacts });
        if (report !== undefined) reports.push({ ...report, name });
      } catch (error) {
        const reason = reasonOfError(error);
        onFacts({ status: statusOfReason(reason), code: reason.code });
        if (signal.aborted) throw error;
        options.onFailure(name, error);
      } finally {
        inspected.files.push({ ...facts, durationMs: performance.now() - started });
      }
    }
    return reports;
  });
}

interface LocatedFile {
  readonly root: string;
  /** Absolute, links followed. */
  readonly path: string;
  readonly before: ToldBefore;
}

function locate(event: HookEvent, { cwd, env, platform }: Pick<Io, 'cwd' | 'env' | 'platform'>): LocatedFile[] {
  const named = projectVariables.flatMap((name) => env[name] ?? []);
  const roots = [event.cwd ?? '', ...event.roots, ...named, cwd]
    .filter((root) => root !== '')
    .map((root) => resolve(cwd, localPath(root, platform)));
  const base = roots[0] ?? cwd;
  return event.files.flatMap(({ path, before }) => {
    if (languageOfPath(path) === undefined) return [];
    const found = workspaceOf(resolve(base, localPath(path, platform)), roots);
    return found === undefined ? [] : [{ ...found, before }];
  });
}

/** Agents built on VS Code also send `file:` URLs, and `/c:/…` on Windows. */
function localPath(path: string, platform: NodeJS.Platform): string {
  const isUrl = URL.canParse(path) && path.startsWith('file://');
  const plain = isUrl ? decodeURIComponent(new URL(path).pathname) : path;
  return platform === 'win32' ? plain.replace(/^\/([a-z]:)/i, '$1') : plain;
}

function configOf(options: InspectEventOptions, cwd: string): Promise<Resolution> {
  const { io, level, configPath, isolated, resident } = options;
  return resolveConfig({
    flags: { level, 'pool.resident': resident ? undefined : 'never', ...options.recordSettings },
    env: io.env,
    cwd,
    isolated,
    ...(configPath === undefined ? {} : { configPath: resolve(io.cwd, configPath) }),
  });
}

function selectedRules({ config, origins }: Resolution, { rules, io }: InspectEventOptions): readonly Rule[] {
  return selectRules(rules, {
    only: [],
    without: [],
    configured: { switches: config.rules, origin: origins.rules },
    nodeMajor: config.node === 'auto' ? Number.parseInt(io.nodeVersion, 10) : config.node,
  }).rules;
}

function nameOf(root: string, path: string): string {
  const name = relative(root, path);
  return sep === '/' ? name : name.replaceAll(sep, '/');
}
