import { createInterface } from 'node:readline';
import { openLogFile } from '../resident/log-file.ts';
import { residentPlace } from '../resident/resident-place.ts';
import type { Io } from '../shared/io.ts';

/** What became of a pool that was started in the background. */
export type DetachOutcome =
  | { readonly state: 'up'; readonly line: string }
  /** `complaint`: what it said on standard error. */
  | { readonly state: 'failed'; readonly complaint: string };

/** Starts this program in the background and waits for the first line that it prints, which says that it is ready. */
export async function detachPool(
  argv: readonly string[],
  io: Pick<Io, 'cwd' | 'env' | 'userId' | 'startDetached'>,
): Promise<DetachOutcome> {
  const log = openLogFile(residentPlace(io), io.env);
  const child = io.startDetached(argv, log.path);
  const lines = createInterface(child.stdout);
  const firstLine = new Promise<string>((resolve) => lines.once('line', resolve));
  const outcome = await Promise.race([firstLine, child.exited]);
  // it may have said what there is to say, and ended
  const line = typeof outcome === 'string' ? outcome : outcome === 0 ? await firstLine : undefined;
  lines.close();
  child.release();
  if (line !== undefined) return { state: 'up', line };
  return { state: 'failed', complaint: log.addedText() };
}
