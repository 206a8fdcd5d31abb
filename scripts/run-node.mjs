import { spawn } from 'node:child_process';

/**
 * Runs this Node with `args` in `cwd`, without input, and kills it after `limitMs`: a test that spins holds its runner
 * for ever. Resolves to the exit code (1 when it was killed), and stdout and stderr together in the order in which they
 * came.
 */
export function runNode(args, cwd, { env = process.env, limitMs = 300_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const all = [];
    const timer = setTimeout(() => {
      all.push(Buffer.from(`\nkilled: it did not end within ${limitMs / 1000} s\n`));
      child.kill('SIGKILL');
    }, limitMs);
    child.stdout.on('data', (chunk) => all.push(chunk));
    child.stderr.on('data', (chunk) => all.push(chunk));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? 1, output: Buffer.concat(all).toString() });
    });
  });
}
