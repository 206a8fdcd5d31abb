import type { RecordEvent } from '../../records/record-event.ts';
import type { RunStore } from '../../records/record-store.ts';
import type { Io } from '../../shared/io.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { visibleLine } from '../visible-text.ts';
import { timeText } from './run-text.ts';

/** Prints what happens, a line each, until it is interrupted or nobody reads any more. */
export async function watchRuns(store: RunStore, isJson: boolean, io: Io): Promise<ExitCode> {
  const end = new AbortController();
  const stop = (): void => {
    end.abort();
  };
  io.signal.addEventListener('abort', stop, { once: true });
  // a closed pipe (`| head`) is no fault, but the end
  io.stdout.once('error', stop).once('close', stop);
  if (io.signal.aborted) stop();
  let hasSaid = false;
  const sayOnce = (): void => {
    if (!hasSaid) io.stderr.write(`watching ${store.place}; ^C ends it\n`);
    hasSaid = true;
  };
  for await (const event of store.watch(end.signal, sayOnce)) {
    io.stdout.write(isJson ? `${JSON.stringify(event)}\n` : eventText(event));
  }
  return io.signal.aborted ? exitCodes.interrupted : exitCodes.done;
}

function eventText({ type, at, boosterId, ...facts }: RecordEvent): string {
  const rest = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  return `${timeText(at)}  ${visibleLine([type, boosterId, ...rest].join('  '))}\n`;
}
