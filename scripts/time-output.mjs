import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/**
 * Milliseconds from the start of a Node process until the last byte of its standard output has come, and until it has ended.
 * @throws Error when it ends with another exit code than 0
 */
export async function timeOutput(args, { cwd, env }) {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] });
  let outMs = Number.NaN;
  child.stdout.on('data', () => (outMs = performance.now() - begun));
  const exitCode = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve));
  const endMs = performance.now() - begun;
  await new Promise((resolve) => (child.stdout.readableEnded ? resolve() : child.stdout.on('close', resolve)));
  if (exitCode !== 0 || Number.isNaN(outMs)) throw new Error(`${args.join(' ')} ended with ${exitCode}`);
  return { outMs, endMs };
}
