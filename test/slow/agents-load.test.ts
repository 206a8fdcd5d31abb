import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleScript } from '../../scripts/pool-bundles.mjs';

const tasks = 10_000;
const worker = new URL('../../scripts/agents-kill-worker.cjs', import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), 'booster-agents-'));
let program: string;

beforeAll(async () => {
  program = await bundleScript('agents-load', folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface LoadReport {
  readonly outcomes: Readonly<Record<'done' | 'refused' | 'failed', number>>;
  readonly failures: Readonly<Record<string, number>>;
  readonly poisoned: number;
  readonly killed: number;
  readonly successRate: number;
  readonly availability: number;
  readonly byAgent: readonly number[];
  readonly memory: readonly number[];
}

it('ends each of 10,000 tasks of ten agents once and as it should, while instances are killed, and ends by itself', async () => {
  // nobody ends the child: that it resolves means that no thread, timer or handle was left
  const { stdout, stderr } = await execa(process.execPath, [program, String(tasks), worker], { cwd: folder });
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as LoadReport;
  expect(report).toMatchObject({ settled: tasks, ended: tasks, queued: 0, running: 0, left: [] });
  const { outcomes, poisoned, killed, memory } = report;
  expect(outcomes.done + outcomes.refused + outcomes.failed).toBe(tasks);
  expect(killed).toBeGreaterThan(tasks / 200);
  expect(report.successRate).toBeGreaterThan(0.99);
  expect(report.failures['E_TASK_QUARANTINED']).toBeGreaterThanOrEqual(poisoned);
  expect(report.availability).toBeGreaterThan(0.999);
  expect(Math.min(...report.byAgent)).toBeGreaterThan(0);
  // V8 still sizes its heaps in the first half
  const half = Math.max(...memory.slice(memory.length / 4, memory.length / 2));
  expect(Math.max(...memory.slice(memory.length / 2))).toBeLessThan(half * 1.25);
});
