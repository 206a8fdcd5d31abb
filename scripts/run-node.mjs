import { spawn } from 'node:child_process';

/**
 * Runs this Node with `args` in `cwd`, without input. Resolves to the exit code (1 when it was killed), stdout, and
 * stdout and stderr together in the order in which they came.
 */
export function runNode(args, cwd, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout = [];
    const all = [];
    child.stdout.on('data', (chunk) => {
      stdout.push(chunk);
      all.push(chunk);
    });
    child.stderr.on('data', (chunk) => all.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({
        exitCode: code ?? 1,
        stdout: Buffer.concat(stdout).toString(),
        output: Buffer.concat(all).toString(),
      });
    });
  });
}
