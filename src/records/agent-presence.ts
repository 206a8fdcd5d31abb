import { isRecord } from './is-record.ts';

/** An agent of some process, as that process tells it. Times in milliseconds since the epoch; never source code. */
export interface AgentPresence {
  /** Unique over hosts and processes. */
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  /** Name of the project's folder, without the way to it. */
  readonly project: string;
  readonly capabilities: readonly string[];
  /** Waiting and running tasks, as a share of what may run at a time. */
  readonly load: number;
  /** Share of the last tasks that did not fail. */
  readonly health: number;
  /** Tasks that ended since it was made. */
  readonly tasks: number;
  /** When this was written, and how many milliseconds later the next one is due. */
  readonly heartbeatAt: number;
  readonly heartbeatIntervalMs: number;
}

const texts = ['id', 'name', 'host', 'version', 'project'] as const;
const numbers = ['pid', 'load', 'health', 'tasks', 'heartbeatAt', 'heartbeatIntervalMs'] as const;

/** Reads a stored presence strictly; `undefined` when booster did not write it. */
export function parseAgentPresence(text: string): AgentPresence | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { capabilities } = value;
  const isWhole =
    texts.every((name) => typeof value[name] === 'string') &&
    numbers.every((name) => Number.isFinite(value[name]) && Number(value[name]) >= 0) &&
    Array.isArray(capabilities) &&
    capabilities.every((each) => typeof each === 'string');
  if (!isWhole) return undefined;
  const known = [...texts, ...numbers, 'capabilities'].map((name) => [name, value[name]]);
  return Object.fromEntries(known) as AgentPresence;
}
