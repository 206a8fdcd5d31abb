// Finds redis-server for the tests, and installs the Debian package when it is not there.
//
//   node scripts/ensure-redis.mjs          prints its path
//
// BOOSTER_TEST_REDIS names another one. Nothing is left running: while the package is installed, its service must not start.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const policy = '/usr/sbin/policy-rc.d';

/** Path of a redis-server that can be started, or `undefined`. */
export function findRedis(env = process.env) {
  const named = env.BOOSTER_TEST_REDIS;
  if (named) return isProgram(named) ? named : undefined;
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'].filter(
    (folder) => folder !== '',
  );
  return folders.map((folder) => join(folder, 'redis-server')).find(isProgram);
}

/**
 * Path of redis-server, which is installed first where that is possible.
 * @throws Error with what to do, when there is none and it cannot be installed
 */
export function ensureRedis(env = process.env) {
  const found = findRedis(env);
  if (found !== undefined) return found;
  if (env.BOOSTER_TEST_REDIS) throw missing(`BOOSTER_TEST_REDIS names ${env.BOOSTER_TEST_REDIS}, which cannot be run`);
  if (!existsSync('/usr/bin/apt-get')) throw missing('this system has no apt-get');
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const isOurs = sudo.length === 0 && !existsSync(policy);
  // asked by the package whether its service may start: 101 is no
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt([...sudo, 'apt-get', 'update'], env);
    apt([...sudo, 'apt-get', 'install', '-y', '--no-install-recommends', 'redis-server'], env);
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
  if (!isOurs)
    spawnSync([...sudo, 'systemctl'][0], [...sudo, 'systemctl', 'disable', '--now', 'redis-server'].slice(1));
  const installed = findRedis(env);
  if (installed === undefined) throw missing('apt-get installed the package, but there is no redis-server in PATH');
  return installed;
}

function apt([command, ...args], env) {
  const { status, error, stderr, stdout } = spawnSync(command, args, {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status === 0) return;
  const last = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-5).join('\n');
  throw missing(`${[command, ...args].join(' ')} ended with ${status ?? error?.message}\n${last}`);
}

function missing(why) {
  return new Error(
    `the tests need a real redis-server, and there is none: ${why}\n` +
      'Install it (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis), ' +
      'or name one with BOOSTER_TEST_REDIS=/path/to/redis-server.',
  );
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(ensureRedis());
  } catch (error) {
    console.error(`redis: ${error.message}`);
    process.exitCode = 1;
  }
}
