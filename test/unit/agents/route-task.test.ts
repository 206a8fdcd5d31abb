import { expect, it } from 'vitest';
import { routeTask } from '../../../src/agents/route-task.ts';
import type { Routable } from '../../../src/agents/route-task.ts';

const type = 'code-optimization';

function agent(changes: Partial<Routable> = {}): Routable {
  return { capabilities: [type], isClosed: false, isFull: false, health: 1, load: 0, ...changes };
}

it('sends a task to the least loaded agent that can do it', () => {
  const best = agent({ load: 0.2 });
  const others = [agent({ load: 0.5 }), agent({ capabilities: ['refactoring'] }), agent({ isClosed: true })];
  expect(routeTask(type, [...others, best])).toBe(best);
});

it('sends a task to an agent that keeps failing only when no healthier one has room', () => {
  const failing = agent({ health: 0.2 });
  const busy = agent({ load: 3 });
  expect(routeTask(type, [failing, busy])).toBe(busy);
  expect(routeTask(type, [failing, agent({ isFull: true })])).toBe(failing);
});

it('tells agents that are full from agents that are not there', () => {
  expect(routeTask(type, [agent({ isFull: true })])).toBe('saturated');
  expect(routeTask(type, [agent({ capabilities: [] })])).toBe(undefined);
  const only = agent();
  expect(routeTask(type, [only], only)).toBe(undefined);
});
