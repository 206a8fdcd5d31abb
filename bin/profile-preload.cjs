// Loaded first into every Node process and thread of a command that `booster analyze --run` measures: records a CPU profile
// and writes it when the process ends by itself. It prints nothing and never fails the program.
'use strict';

const folder = process.env.BOOSTER_PROFILE_FOLDER;
if (folder) {
  try {
    const { Session } = require('node:inspector');
    const { writeFileSync } = require('node:fs');
    const { join } = require('node:path');
    const { threadId } = require('node:worker_threads');
    const session = new Session();
    session.connect();
    session.post('Profiler.enable');
    // half of V8's default: short programs give too few samples otherwise
    session.post('Profiler.setSamplingInterval', { interval: 500 });
    session.post('Profiler.start');
    process.on('exit', () => {
      // the answer comes at once: the session is of this very thread
      session.post('Profiler.stop', (error, result) => {
        if (error) return;
        try {
          writeFileSync(join(folder, `${process.pid}.${threadId}.cpuprofile`), JSON.stringify(result.profile));
        } catch {
          // the folder is gone: booster was interrupted, and nobody waits for the profile
        }
      });
    });
  } catch {
    // a Node without an inspector: booster says that there is no profile
  }
}
