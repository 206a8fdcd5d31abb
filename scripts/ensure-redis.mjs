// Finds redis-server for the tests, and installs the Debian package when it is not there.
//
//   node scripts/ensure-redis.mjs          prints its path
//
// BOOSTER_TEST_REDIS names another one. Nothing is left running: while the package is installed, its service must not start.
import { pathToFileURL } from 'node:url';
import { ensureProgram } from './ensure-program.mjs';

const variable = 'BOOSTER_TEST_REDIS';

/**
 * Path of redis-server, which is installed first where that is possible.
 * @throws Error with what to do, when there is none and it cannot be installed
 */
export function ensureRedis(env = process.env) {
  const program = { name: 'redis-server', packageName: 'redis-server', service: 'redis-server', variable, missing };
  return ensureProgram(program, env);
}

function missing(why) {
  return new Error(
    `the tests need a real redis-server, and there is none: ${why}\n` +
      'Install it (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis), ' +
      `or name one with ${variable}=/path/to/redis-server.`,
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(ensureRedis());
  } catch (error) {
    console.error(`redis: ${error.message}`);
    process.exitCode = 1;
  }
}
