import { decodeSource } from '../../files/read-source.ts';
import type { ToldBefore } from './hook-event.ts';
import { undoReplacements } from './undo-replacements.ts';

/** The text of a file before an edit. */
export interface Baseline {
  /** Empty when the file is new, or when nothing tells what it was: then all of it counts as this edit's. */
  readonly text: string;
  /**
   * `event`: the agent's event has it · `index`, `HEAD`: git's version, because the event does not tell · `new file` ·
   * `nothing`: neither the event nor git tells.
   */
  readonly from: 'event' | 'index' | 'HEAD' | 'new file' | 'nothing';
}

interface BeforeOptions {
  readonly told: ToldBefore;
  /** The text of the file after the edit. */
  readonly now: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly maximumBytes: number;
}

export async function beforeText(path: string, { told, now, ...options }: BeforeOptions): Promise<Baseline> {
  if (told.kind === 'created') return { text: '', from: 'new file' };
  if (told.kind === 'text') return { text: told.text.replace(/^\ufeff/, ''), from: 'event' };
  if (told.kind === 'replacements') {
    const text = undoReplacements(now, told.replacements);
    if (text !== undefined) return { text, from: 'event' };
  }
  return (await gitText(path, options)) ?? { text: '', from: 'nothing' };
}

async function gitText(path: string, options: Omit<BeforeOptions, 'told' | 'now'>): Promise<Baseline | undefined> {
  const { gitBlob } = await import('../../files/git-blob.ts');
  const blob = await gitBlob(path, options);
  if (blob === undefined) return undefined;
  try {
    return { text: decodeSource(blob.bytes, path, options).text, from: blob.from };
  } catch {
    // git holds something that is no text: nothing to compare with
    return undefined;
  }
}
