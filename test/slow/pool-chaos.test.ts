import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleScript } from '../../scripts/pool-bundles.mjs';

const tasks = 20_000;
const folder = mkdtempSync(join(tmpdir(), 'booster-chaos-'));
let program: string;

beforeAll(async () => {
  program = await bundleScript('pool-chaos', folder, 'test/fault/pool/deeds.ts');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface ChaosReport {
  readonly faults: Readonly<Record<string, number>>;
  readonly mostInstances: number;
  readonly availability: number;
}

it('settles each of 20,000 tasks once and stays available while instances are killed, trapped, hung and starved, and ends by itself', async () => {
  const seed = Date.now() % 2 ** 31;
  // nobody ends the child: that it resolves means that no thread, timer or handle was left
  const { stdout, stderr } = await execa(process.execPath, [program, String(tasks), String(seed)]);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as ChaosReport;
  expect(report, `seed ${String(seed)}`).toMatchObject({
    settled: tasks,
    wrong: [],
    queued: 0,
    running: 0,
    breaker: 'closed',
    instances: 0,
    left: [],
  });
  expect(report.mostInstances).toBeLessThanOrEqual(4);
  expect(Object.values(report.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(500);
  for (const code of ['E_POOL_WORKER_DIED', 'E_WASM_TRAP', 'E_TASK_TIMEOUT', 'E_WASM_MEMORY']) {
    expect(report.faults[code]).toBeGreaterThan(0);
  }
  expect(report.availability).toBeGreaterThanOrEqual(0.999);
});
