// Started in the background by `booster` when records wait for Redis: brings them there and ends, after 30 s at the latest.
// The server and the folder are in BOOSTER_FLUSH; a password is thus in the environment and not among the arguments.
'use strict';

const mostMs = 30_000;

/** A process of another user exists, too, but cannot be signalled. */
function isProcessAlive(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

setTimeout(() => process.exit(0), mostMs).unref();
const { BOOSTER_FLUSH: request, ...env } = process.env;
const { flushRecords } = require('../dist/flush.cjs');
flushRecords(request ?? '', { env, processId: process.pid, isProcessAlive })
  .catch(() => undefined)
  // the look-up of a name that does not end, for instance
  .then(() => process.exit(0));
