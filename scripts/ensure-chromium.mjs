// Finds a Chromium for the test of the HTML report, and installs the Debian package when it is not there.
// BOOSTER_TEST_CHROMIUM names another one.
import { ensureProgram } from './ensure-program.mjs';

const variable = 'BOOSTER_TEST_CHROMIUM';

/**
 * Path of chromium, which is installed first where that is possible.
 * @throws Error with what to do, when there is none and it cannot be installed
 */
export function ensureChromium(env = process.env) {
  return ensureProgram({ name: 'chromium', packageName: 'chromium', variable, missing }, env);
}

function missing(why) {
  return new Error(
    `the test of the HTML report needs a real Chromium, and there is none: ${why}\n` +
      `Install it (Debian: apt-get install chromium), or name one with ${variable}=/path/to/chromium.`,
  );
}
