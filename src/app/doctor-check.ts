/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  /** `warn`: it works, but not as it could. */
  readonly status: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  /** What to do, unless it is ok. */
  readonly remedy?: string;
}
