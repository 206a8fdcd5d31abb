/** Codes of the record store. A part of `errorTable`. */
export const storeErrors = {
  E_STORE_NOWHERE: {
    title: 'no place for the record store',
    remedy: 'set HOME or XDG_STATE_HOME to an absolute path that exists, or name a folder with --store',
    exitCode: 2,
  },
  E_STORE_WRITE: {
    title: 'record store cannot be written',
    remedy: 'check the folder and the free space, name another one with --store, or leave it with --no-record',
    exitCode: 2,
  },
  E_STORE_READ: {
    title: 'record store cannot be read',
    remedy: 'check the permissions of the folder, or name another one with --store',
    exitCode: 2,
  },
  E_STORE_DISTRUSTED: {
    title: 'record store belongs to another user',
    remedy: 'remove the folder, make it yours, or name another one with --store',
    exitCode: 2,
  },
  E_STORE_DAMAGED: {
    title: 'damaged file in the record store',
    remedy: 'nothing is to be done: what could be read was kept, and the file can be removed',
    exitCode: 2,
  },
  E_STORE_SEALED: {
    title: 'encrypted records cannot be read',
    remedy: 'add the key with which they were encrypted to BOOSTER_ENCRYPTION_KEY, behind the current one and a comma',
    exitCode: 2,
  },
  E_STORE_RUN: { title: 'no such run', remedy: '`booster runs list` shows the ids', exitCode: 2 },
} as const;
