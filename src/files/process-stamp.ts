import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one with the same number: when it was started, in clock ticks since the machine was. Empty
 * where the system does not say, or there is no such process.
 */
export function processStamp(processId: number): string {
  try {
    // the name of the program stands in brackets and may hold spaces and brackets itself
    return (
      readFileSync(`/proc/${String(processId)}/stat`, 'utf8')
        .split(') ')
        .at(-1)
        ?.split(' ')[19] ?? ''
    );
  } catch {
    return '';
  }
}
