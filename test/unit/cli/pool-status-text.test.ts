import { expect, it } from 'vitest';
import type { ResidentStatus } from '../../../src/resident/resident-protocol.ts';
import { reportText } from '../../../src/cli/commands/pool-status.ts';
import { bytesText, durationText, percentText } from '../../../src/cli/measure-text.ts';
import { plainPaint } from '../../../src/cli/terminal.ts';

const latency = { count: 2, mean: 3, p50: 2.34, p95: 1500, p99: 1500, maximum: 1500 };
const status: ResidentStatus = {
  version: '1.0.0',
  processId: 7,
  project: '/p',
  startedAt: 0,
  idleExitMs: 900_000,
  minimum: 2,
  maximum: 10,
  memoryLimitBytes: 512_000_000,
  clients: 1,
  pool: {
    state: 'open',
    instances: [
      {
        id: 'worker-1',
        where: 'worker',
        state: 'busy',
        isHeld: false,
        tasks: 12,
        failures: 2,
        failuresByCode: { E_TASK_TIMEOUT: 2 },
        runMs: latency,
        memoryBytes: 25_000_000,
        startedAt: 0,
      },
      {
        id: 'worker-2',
        where: 'worker',
        state: 'starting',
        isHeld: false,
        tasks: 0,
        failures: 0,
        failuresByCode: {},
        startedAt: 9_000,
      },
    ],
    queued: 3,
    running: 1,
    totals: {
      tasksDone: 10,
      tasksFailed: 2,
      tasksFailedByCode: { E_TASK_TIMEOUT: 2 },
      tasksRetried: 1,
      tasksFellBack: 0,
      instancesStarted: 2,
      instancesFailed: 1,
      instancesRecycled: 4,
      waitMs: latency,
      runMs: latency,
    },
    breaker: 'closed',
    quarantined: 0,
    availability: 0.99999,
  },
};

it('shows every instance, the totals and the availability, and leaves out what was not measured', () => {
  const report = { project: '/p', health: 'degraded', problems: ['1 of 2 instances are alive'], status } as const;
  expect(reportText(report, plainPaint, 10_000)).toBe(
    `resident pool of /p: degraded
  1 of 2 instances are alive
  process 7, version 1.0.0, up 10 s, 1 connected, ends after 15 min without a task

instance  state     up    tasks  failed                p50     p95    memory
worker-1  busy      10 s  12     2 (2 E_TASK_TIMEOUT)  2.3 ms  1.5 s  25 MB of 512 MB
worker-2  starting  1 s   0      0                                    

tasks: 10 done, 2 failed (2 E_TASK_TIMEOUT), 1 retried, 1 running, 3 waiting, run p50 2.3 ms, p95 1.5 s, wait p95 1.5 s
instances: 2 started, 1 failed, 4 recycled; available 99.999 % of the time
`,
  );
});

it.each([
  [0, '0 ms'],
  [0.0123, '0.012 ms'],
  [999, '999 ms'],
  [1000, '1 s'],
  [119_000, '119 s'],
  [120_000, '2 min'],
  [7_200_000, '2 h'],
])('says %d ms as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

it('never rounds a share up to all of the time', () => {
  expect([percentText(0.999999), percentText(1)]).toEqual(['99.999 %', '100 %']);
});

it('says bytes in millions', () => {
  expect([bytesText(512_000_000), bytesText(1_500_000)]).toEqual(['512 MB', '1.5 MB']);
});
