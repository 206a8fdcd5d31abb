// Processes that outlive the one that starts them. Apart from the launcher, since few runs start one.
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');

/** Ends with nobody's terminal and with no one waiting for it. */
function startDetached(launcher, argv, logPath) {
  const log = fs.openSync(logPath, 'a', 0o600);
  const child = spawn(process.execPath, [...process.execArgv, launcher, ...argv], {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', log],
  });
  fs.closeSync(log);
  const exited = new Promise((resolve) => {
    child.on('error', () => resolve(undefined)).on('exit', (exitCode) => resolve(exitCode ?? undefined));
  });
  const release = () => {
    child.unref();
    child.stdout.destroy();
  };
  return { stdout: child.stdout, exited, release };
}

/** Brings waiting records to Redis, and outlives this process by 30 s at most (see flush-records.cjs). */
function startFlusher(request) {
  spawn(process.execPath, [`${__dirname}/flush-records.cjs`], {
    detached: true,
    windowsHide: true,
    stdio: 'ignore',
    cwd: __dirname,
    env: { ...process.env, BOOSTER_FLUSH: request },
  })
    .on('error', () => undefined)
    .unref();
}

module.exports = { startDetached, startFlusher };
