// Loaded first into a process that is measured (`node --require`): writes its peak memory, all threads together, when it ends.
const { writeFileSync } = require('node:fs');
const process = require('node:process');
const { isMainThread } = require('node:worker_threads');

const path = process.env.NOTE_MEMORY_PATH;
if (isMainThread && path !== undefined) {
  process.on('exit', () => {
    // kilobytes on every system
    writeFileSync(path, String(process.resourceUsage().maxRSS * 1024));
  });
}
