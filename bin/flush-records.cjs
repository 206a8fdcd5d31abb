// Started in the background by `booster` when records wait for Redis: brings them there and ends, after 30 s at the latest.
// The server and the folder are in BOOSTER_FLUSH; a password is thus in the environment and not among the arguments.
'use strict';
const os = require('node:os');

const mostMs = 30_000;

/** Whoever started it goes on to something else meanwhile, which comes first. Not the lowest, with which it would miss its own deadlines. */
const priority = os.constants.priority.PRIORITY_BELOW_NORMAL;

/** Never raises it: the process that started this one may have been given less. */
function giveWay() {
  try {
    if (os.getPriority() < priority) os.setPriority(priority);
  } catch {
    // not allowed on this system: it works as well as before
  }
}

/** A process of another user exists, too, but cannot be signalled. */
function isProcessAlive(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

giveWay();
setTimeout(() => process.exit(0), mostMs).unref();
const { BOOSTER_FLUSH: request, ...env } = process.env;
const { flushRecords } = require('../dist/flush.cjs');
flushRecords(request ?? '', { env, processId: process.pid, isProcessAlive })
  .catch(() => undefined)
  // the look-up of a name that does not end, for instance
  .then(() => process.exit(0));
