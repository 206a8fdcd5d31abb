import { BoosterError } from '../shared/errors.ts';
import type { AgentPool } from './AgentBoosterWrapper.ts';
import { agentTaskTypes } from './agent-task.ts';
import type { AgentResult, AgentTask, AgentTaskType } from './agent-task.ts';

export interface CodeBoosterAgentOptions {
  /** For people; need not be unique. */
  readonly name: string;
  /** Default: the name and a number, unique in this process. */
  readonly id?: string;
  /** Tasks at a time; further ones wait. Default 3. */
  readonly maxConcurrentTasks?: number;
  /** Tasks that may wait; further ones fail with `E_AGENT_SATURATED`. Default 1,000. */
  readonly queueLimit?: number;
  /** Milliseconds that a task may take, waiting included. Default 30,000. */
  readonly timeout?: number;
  /** Goes on in another way, named in the result, where the usual one fails. Default true. */
  readonly fallbackEnabled?: boolean;
  /** Results kept for the next equal task. Default 256, 0 keeps none. */
  readonly cacheEntries?: number;
  /** What a registry may send it. Default: all. */
  readonly capabilities?: readonly AgentTaskType[];
  /** A pool of your own, which stays yours to shut down; default: the one that all agents of this process share. */
  readonly pool?: AgentPool;
  /** Told of each task when it has ended, with the task itself. A registry that records gives its own. */
  readonly onEnded?: (task: AgentTask, result: AgentResult) => void;
}

export interface ResolvedAgentOptions {
  readonly name: string;
  readonly maxConcurrentTasks: number;
  readonly queueLimit: number;
  readonly timeout: number;
  readonly fallbackEnabled: boolean;
  readonly cacheEntries: number;
  readonly capabilities: readonly AgentTaskType[];
}

/** @throws BoosterError E_AGENT_OPTIONS naming the option */
export function resolveAgentOptions(options: CodeBoosterAgentOptions): ResolvedAgentOptions {
  // JavaScript may give none
  if (Object(options) !== options) throw invalid("give options with a name, such as { name: 'mine' }");
  const { name, fallbackEnabled = true, capabilities = agentTaskTypes } = options;
  if (typeof name !== 'string' || name.trim() === '') throw invalid('name must be a text that is not empty');
  const unknown = capabilities.find((each) => !agentTaskTypes.includes(each));
  if (unknown !== undefined) {
    throw invalid(`capability ${JSON.stringify(unknown)} is not one of ${agentTaskTypes.join(', ')}`);
  }
  return {
    name,
    fallbackEnabled,
    capabilities: [...capabilities],
    maxConcurrentTasks: whole('maxConcurrentTasks', options.maxConcurrentTasks ?? 3, 1, 1_000),
    queueLimit: whole('queueLimit', options.queueLimit ?? 1_000, 0, 1_000_000),
    timeout: whole('timeout', options.timeout ?? 30_000, 1, 3_600_000),
    cacheEntries: whole('cacheEntries', options.cacheEntries ?? 256, 0, 100_000),
  };
}

function whole(option: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(`${option} must be a whole number from ${String(least)} to ${String(most)}, not ${String(value)}`);
}

function invalid(message: string): BoosterError {
  return new BoosterError('E_AGENT_OPTIONS', message);
}
