import type { FileSelection } from '../../app/find-targets.ts';

/** Which files --staged, --changed and --since mean; commander has refused two of them at once. */
export function selectionOf(flags: {
  readonly staged?: true;
  readonly changed?: true;
  readonly since?: string;
}): FileSelection {
  if (flags.staged) return { kind: 'staged' };
  if (flags.changed) return { kind: 'changed' };
  return flags.since === undefined ? { kind: 'all' } : { kind: 'since', ref: flags.since };
}
