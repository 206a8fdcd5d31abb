import { expect, test } from 'vitest';
import { runNode } from '../../scripts/run-node.mjs';

test('the exit code and both outputs come back', async () => {
  const script = "process.stdout.write('out');process.stderr.write('err');process.exitCode = 3";
  const { exitCode, output } = await runNode(['-e', script], '.');
  expect(exitCode).toBe(3);
  expect(output).toContain('out');
  expect(output).toContain('err');
});

test('a process that never ends is killed, fails and says so', async () => {
  const { exitCode, output } = await runNode(['-e', 'for (;;);'], '.', { limitMs: 200 });
  expect(exitCode).toBe(1);
  expect(output).toContain('killed: it did not end within 0.2 s');
});
