/** Codes of Redis as a store. A part of `errorTable`. None of them ends a command that changes files. */
export const redisErrors = {
  E_REDIS_UNAVAILABLE: {
    title: 'Redis cannot be used',
    remedy: 'records wait in the local store until it can; see --redis',
    exitCode: 2,
  },
  E_REDIS_ENTRY: {
    title: 'unreadable entry in Redis',
    remedy: 'it was passed over; with encryption, give its key in BOOSTER_ENCRYPTION_KEY',
    exitCode: 2,
  },
  E_REDIS_MESSAGE: {
    title: 'unreadable message on the channel of Redis',
    remedy: 'it was passed over; let no other program publish there',
    exitCode: 2,
  },
} as const;
