import type { AgentTaskType } from './agent-task.ts';

/** What routing looks at. */
export interface Routable {
  readonly capabilities: readonly AgentTaskType[];
  readonly isClosed: boolean;
  readonly isFull: boolean;
  /** Share of the last tasks that did not fail. */
  readonly health: number;
  /** Waiting and running tasks, as a share of what may run at a time. */
  readonly load: number;
}

/** Below that, an agent gets work only when no healthier one has room. */
const healthy = 0.5;

/**
 * The agent for a task: of those that can do it and have room, a healthy one before one that keeps failing, and then the least
 * loaded; of equal ones the first. Gives `saturated` when all that could do it are full.
 */
export function routeTask<Agent extends Routable>(
  type: AgentTaskType,
  agents: Iterable<Agent>,
  except?: Agent,
): Agent | 'saturated' | undefined {
  let best: Agent | undefined;
  let isSaturated = false;
  for (const agent of agents) {
    if (agent === except || agent.isClosed || !agent.capabilities.includes(type)) continue;
    if (agent.isFull) isSaturated = true;
    else if (best === undefined || isBetter(agent, best)) best = agent;
  }
  return best ?? (isSaturated ? 'saturated' : undefined);
}

function isBetter(one: Routable, other: Routable): boolean {
  const [a, b] = [one.health >= healthy, other.health >= healthy];
  return a === b ? one.load < other.load : a;
}
