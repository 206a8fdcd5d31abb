import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../src/app/pool-status.ts';
import type { InstanceStatus, PoolStatus } from '../../../src/pool/pool-status.ts';

function instance(state: InstanceStatus['state']): InstanceStatus {
  return { id: 'w', where: 'worker', state, isHeld: false, tasks: 0, failures: 0, failuresByCode: {}, startedAt: 0 };
}

function pool(states: readonly InstanceStatus['state'][], facts: Partial<PoolStatus> = {}): PoolStatus {
  const totals = {
    tasksDone: 0,
    tasksFailed: 0,
    tasksFailedByCode: {},
    tasksRetried: 0,
    tasksFellBack: 0,
    instancesStarted: 0,
    instancesFailed: 0,
    instancesRecycled: 0,
  };
  const instances = states.map(instance);
  return { state: 'open', instances, queued: 0, running: 0, totals, breaker: 'closed', quarantined: 0, ...facts };
}

describe('the problems of a resident pool', () => {
  it('are none when as many instances live as it keeps ready', () => {
    expect(problemsOf({ pool: pool(['idle', 'busy', 'starting']), minimum: 3 })).toEqual([]);
  });

  it('are none while it is still starting', () => {
    expect(problemsOf({ pool: pool([]) })).toEqual([]);
  });

  it('are instances that are missing, those on their way out included', () => {
    expect(problemsOf({ pool: pool(['idle', 'stopping']), minimum: 2 })).toEqual(['1 of 2 instances are alive']);
  });

  it('are an open breaker', () => {
    const problems = problemsOf({ pool: pool(['idle'], { breaker: 'open' }), minimum: 1 });
    expect(problems).toEqual(['its instances keep dying, so it takes no tasks for a while']);
  });

  it('are that it ends', () => {
    expect(problemsOf({ pool: pool([], { state: 'closed' }), minimum: 1 })).toEqual(['it is ending']);
  });
});
