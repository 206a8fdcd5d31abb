import { setTimeout } from 'node:timers/promises';
import { readSource } from '../../files/read-source.ts';
import type { SourceFile } from '../../files/read-source.ts';
import type { ToldBefore } from './hook-event.ts';

/** VS Code tells of a patch up to some 80 ms before it has written it (microsoft/vscode#315926). */
const mostMs = 300;
const pollMs = 20;

/**
 * Reads an edited file. While it is still what it was before an edit that the event tells, it is read again for a while: some agents call
 * before they write.
 * @throws BoosterError of reading the file; the signal's reason
 */
export async function settledSource(
  path: string,
  told: ToldBefore,
  { maximumBytes, signal }: { readonly maximumBytes: number; readonly signal: AbortSignal },
): Promise<SourceFile> {
  const until = performance.now() + mostMs;
  let source = readSource(path, { maximumBytes });
  while (isStillBefore(source.text, told) && performance.now() < until) {
    await setTimeout(pollMs, undefined, { signal });
    source = readSource(path, { maximumBytes });
  }
  return source;
}

/** Nothing of what was put in is there, and all that it replaced. */
function isStillBefore(text: string, told: ToldBefore): boolean {
  if (told.kind === 'text') return told.text === text;
  if (told.kind !== 'replacements') return false;
  const unix = text.replaceAll('\r\n', '\n');
  return told.replacements.every(({ before, after }) => {
    const [was, is] = [before.replaceAll('\r\n', '\n'), after.replaceAll('\r\n', '\n')];
    return was !== is && was !== '' && is !== '' && unix.includes(was) && !unix.includes(is);
  });
}
