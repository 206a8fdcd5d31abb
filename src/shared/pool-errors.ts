/** Codes of tasks, of the pool with its instances, and of resident pools. A part of `errorTable`. */
export const poolErrors = {
  E_TASK_TIMEOUT: { title: 'task timed out', remedy: 'raise WASM_TASK_TIMEOUT or leave the file out', exitCode: 2 },
  E_TASK_ABORTED: { title: 'interrupted', remedy: 'run the command again', exitCode: 130 },
  E_TASK_QUARANTINED: {
    title: 'task has cost two pool instances',
    remedy: 'leave the file out; it is tried again after some minutes',
    exitCode: 2,
  },
  E_POOL_SATURATED: {
    title: 'pool queue is full',
    remedy: 'wait until tasks have ended before sending more, or raise `queueLimit`',
    exitCode: 2,
  },
  E_POOL_UNSTABLE: {
    title: 'pool instances keep dying',
    remedy: 'wait a moment: the pool tries again by itself; run fewer files to find the one that does it',
    exitCode: 2,
  },
  E_POOL_UNHEALTHY: {
    title: 'pool instance failed its health check',
    remedy: 'the instance was replaced; run the command again',
    exitCode: 2,
  },
  E_POOL_CLOSED: { title: 'pool is shut down', remedy: 'create a new pool', exitCode: 2 },
  E_POOL_START: { title: 'pool instances cannot be started', remedy: 'check memory and thread limits', exitCode: 2 },
  E_POOL_MEMORY: {
    title: 'pool instance ran out of memory',
    remedy: 'raise WASM_MEMORY_LIMIT or leave the file out',
    exitCode: 2,
  },
  E_POOL_PROTOCOL: { title: 'pool instance does not speak this version', remedy: 'reinstall the package', exitCode: 2 },
  E_POOL_OPTIONS: { title: 'invalid pool option', remedy: 'correct the named option', exitCode: 2 },
  E_POOL_WORKER_DIED: {
    title: 'pool instance died',
    remedy: 'the instance was replaced; run the command again',
    exitCode: 2,
  },
  E_RESIDENT_ABSENT: {
    title: 'no resident pool is running',
    remedy: '`booster pool run --detach` starts one',
    exitCode: 2,
  },
  E_RESIDENT_SILENT: {
    title: 'resident pool does not answer',
    remedy: 'end the process that the message names',
    exitCode: 2,
  },
  E_RESIDENT_LOST: { title: 'resident pool went away', remedy: 'run the command again', exitCode: 2 },
  E_RESIDENT_VERSION: {
    title: 'resident pool is of another version',
    remedy: '`booster pool run --detach` replaces it',
    exitCode: 2,
  },
  E_RESIDENT_PROTOCOL: {
    title: 'resident pool cannot be understood',
    remedy: '`booster pool stop` ends it; the next command works without it',
    exitCode: 2,
  },
  E_RESIDENT_DISTRUSTED: {
    title: 'resident pool cannot be trusted',
    remedy: 'remove what the message names, or make it yours alone (mode 0700)',
    exitCode: 2,
  },
  E_RESIDENT_SOCKET: {
    title: 'resident pool cannot listen',
    remedy: 'set XDG_RUNTIME_DIR to a short path of a folder of your own',
    exitCode: 2,
  },
} as const;
