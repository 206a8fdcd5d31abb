import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** By the shell's own clock, as Node does not tell what its children used; of this process, and of none that it leaves behind. */
const script = 'TIMEFORMAT="%U %S"; time "$@" 2>/dev/null';

/**
 * Milliseconds from the start of a Node process until the last byte of its standard output has come and until it has ended, and its
 * processor time.
 * @throws Error when it ends with another exit code than 0
 */
export async function timeOutput(args, { cwd, env }) {
  const begun = performance.now();
  const child = spawn('bash', ['-c', script, 'time', process.execPath, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let outMs = Number.NaN;
  let times = '';
  child.stdout.on('data', () => (outMs = performance.now() - begun));
  child.stderr.setEncoding('utf8').on('data', (text) => (times += text));
  let endMs = Number.NaN;
  const exitCode = await new Promise((resolve, reject) => {
    child
      .on('error', reject)
      .on('exit', () => (endMs = performance.now() - begun))
      .on('close', resolve);
  });
  const [, user, system] = /([\d.]+) ([\d.]+)\s*$/.exec(times) ?? [];
  if (exitCode !== 0 || Number.isNaN(outMs) || user === undefined)
    throw new Error(`${args.join(' ')} ended with ${exitCode}`);
  return { outMs, endMs, processorMs: (Number(user) + Number(system)) * 1000 };
}
