// Programs that tests need and npm does not bring: found, or installed from the Debian package.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const policy = '/usr/sbin/policy-rc.d';

/**
 * Path of a program that can be started, or `undefined`.
 * @param {{ name: string, variable: string }} program its file name, and the variable of the environment that may name another one
 */
export function findProgram({ name, variable }, env = process.env) {
  const named = env[variable];
  if (named) return isProgram(named) ? named : undefined;
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'].filter(
    (folder) => folder !== '',
  );
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/**
 * Path of a program, which is installed first where that is possible. Its service is not started.
 * @param {{ name: string, variable: string, packageName: string, service?: string, missing: (why: string) => Error }} program
 * @throws what `missing` makes, when there is none and it cannot be installed
 */
export function ensureProgram(program, env = process.env) {
  const found = findProgram(program, env);
  if (found !== undefined) return found;
  const { variable, packageName, service, missing } = program;
  if (env[variable]) throw missing(`${variable} names ${env[variable]}, which cannot be run`);
  if (!existsSync('/usr/bin/apt-get')) throw missing('this system has no apt-get');
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const isOurs = sudo.length === 0 && !existsSync(policy);
  // asked by the package whether its service may start: 101 is no
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const apt = (...args) => run([...sudo, 'apt-get', ...args], env, missing);
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', packageName);
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
  if (!isOurs && service !== undefined) {
    const [command, ...args] = [...sudo, 'systemctl', 'disable', '--now', service];
    spawnSync(command, args);
  }
  const installed = findProgram(program, env);
  if (installed === undefined) throw missing(`apt-get installed the package, but there is no ${program.name} in PATH`);
  return installed;
}

function run([command, ...args], env, missing) {
  const { status, error, stderr, stdout } = spawnSync(command, args, {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status === 0) return;
  const last = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-5).join('\n');
  throw missing(`${[command, ...args].join(' ')} ended with ${status ?? error?.message}\n${last}`);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
