import type { Finding } from './finding.ts';

/** What tells a finding from the others of one text: its rule, and where it starts in the original text. */
export function findingKey({ ruleId, start }: Pick<Finding, 'ruleId' | 'start'>): string {
  return `${ruleId}@${String(start)}`;
}
