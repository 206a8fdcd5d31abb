import type { Io } from '../shared/io.ts';
import type { Output } from './output.ts';
import { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';
import { isAutomated } from './terminal.ts';

export interface ProgressPlace {
  readonly io: Pick<Io, 'stderr' | 'env'>;
  readonly output: Output;
  /** What is known of standard error. */
  readonly terminal: Terminal;
  readonly quiet: boolean;
}

/** A spinner that counts files, where somebody watches a terminal that can draw one. */
export function openProgress(total: number, { io, output, terminal, quiet }: ProgressPlace): Progress {
  const { isTTY, reportsColumns, colored } = terminal;
  const progress = new Progress({
    stream: io.stderr,
    // Without columns, a spinner would wipe the whole screen at each frame; a dumb terminal cannot wipe at all.
    enabled: isTTY && reportsColumns && io.env['TERM'] !== 'dumb' && !quiet && !isAutomated(io.env),
    colored,
    total,
  });
  output.progress = progress;
  return progress;
}
