/** What happens to boosters and pools, for whoever watches. Plain data, without source code; a message is one of these as JSON. */
export type RecordEvent = {
  readonly [Type in keyof RecordEventFacts]: {
    readonly type: Type;
    /** Milliseconds since the epoch. */
    readonly at: number;
    readonly boosterId: string;
  } & RecordEventFacts[Type];
}[keyof RecordEventFacts];

interface RecordEventFacts {
  readonly 'booster.requested': { readonly command: string };
  readonly 'booster.allocated': { readonly instanceId: string };
  /** `runId` is the id of its record. */
  readonly 'booster.task.completed': { readonly runId: string; readonly command: string; readonly status: string };
  readonly 'booster.task.failed': { readonly runId: string; readonly command: string; readonly code: string };
  readonly 'booster.error': { readonly code: string; readonly message: string };
  readonly 'booster.recovered': { readonly message: string };
  readonly 'booster.pool.updated': { readonly instanceId: string; readonly state: string };
}
