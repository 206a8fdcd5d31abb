import { parseConfigFile } from '../config/parse-config-file.ts';
import { agentTaskTypes } from './agent-task.ts';
import type { AgentTaskType } from './agent-task.ts';

/** What a registry makes agents after. */
export interface AgentProfile {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly description: string;
  /** What agents of this profile can be sent; empty when the profile is not booster's. */
  readonly capabilities: readonly AgentTaskType[];
  readonly maxConcurrentTasks?: number;
  /** Milliseconds. */
  readonly timeout?: number;
  /** The file that it stands in; absent when it comes with booster or from code. */
  readonly path?: string;
}

/** A profile file that cannot be used, and why. */
export interface BrokenProfile {
  readonly path: string;
  readonly problem: string;
}

/** The profile that is always there: an agent that can do everything. */
export const builtInProfile: AgentProfile = {
  name: 'code-booster',
  description: 'Optimises, analyses and refactors code and merges edits, locally and without a model.',
  capabilities: agentTaskTypes,
};

const frontMatter = /^---\r?\n([^]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/**
 * Reads a profile of `.claude/agents`: front matter with `name` and `description`, as coding agents want it, and what a registry
 * needs under `booster:`, which they pass over. A profile named after the built-in one can do what that can unless it says otherwise.
 */
export async function parseAgentProfile(path: string, text: string): Promise<AgentProfile | BrokenProfile> {
  const [, yaml] = frontMatter.exec(text) ?? [];
  if (yaml === undefined) return { path, problem: 'has no front matter: it must begin with a line ---' };
  let content: unknown;
  try {
    content = await parseConfigFile('front-matter.yaml', yaml, 'front matter');
  } catch (error) {
    return { path, problem: error instanceof Error ? error.message : String(error) };
  }
  const problem = problemOf(content);
  if (problem !== undefined) return { path, problem };
  const { name, description } = content as Checked;
  return { name, description, ...boosterPart(content as Checked), path };
}

interface Checked {
  readonly name: string;
  readonly description: string;
  readonly booster?: Readonly<Record<string, unknown>> | null;
}

function boosterPart({
  name,
  booster,
}: Checked): Pick<AgentProfile, 'capabilities' | 'maxConcurrentTasks' | 'timeout'> {
  const own = booster ?? (name === builtInProfile.name ? {} : undefined);
  if (own === undefined) return { capabilities: [] };
  const { capabilities = agentTaskTypes, maxConcurrentTasks, timeout } = own;
  return {
    capabilities: capabilities as readonly AgentTaskType[],
    ...(typeof maxConcurrentTasks === 'number' && { maxConcurrentTasks }),
    ...(typeof timeout === 'number' && { timeout }),
  };
}

function problemOf(content: unknown): string | undefined {
  if (!isObject(content)) return 'front matter holds no keys';
  const { name, description, booster } = content;
  if (typeof name !== 'string' || !/^[a-z\d]+(?:-[a-z\d]+)*$/.test(name)) {
    return 'name is missing, or not in lower-case letters, digits and hyphens';
  }
  if (typeof description !== 'string' || description.trim() === '') return 'description is missing';
  if (booster === undefined || booster === null) return undefined;
  if (!isObject(booster)) return 'booster holds no keys';
  const { capabilities = [], maxConcurrentTasks = 1, timeout = 1 } = booster;
  const known: readonly unknown[] = agentTaskTypes;
  if (!Array.isArray(capabilities) || !capabilities.every((each) => known.includes(each))) {
    return `booster.capabilities is not a list of ${agentTaskTypes.join(', ')}`;
  }
  if (!Number.isInteger(maxConcurrentTasks) || !Number.isInteger(timeout)) {
    return 'booster.maxConcurrentTasks and booster.timeout must be whole numbers';
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
