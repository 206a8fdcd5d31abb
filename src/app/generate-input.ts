import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { decodeSource, readSource } from '../files/read-source.ts';
import { readStream } from '../files/read-stream.ts';

export interface InputSources {
  /** Absolute. */
  readonly cwd: string;
  /** Touched only when it is wanted. */
  readonly stdin: () => Readable;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Reads what to generate from; `-` is standard input.
 * @throws BoosterError E_FILE_*, E_TASK_ABORTED
 */
export async function readGenerateInput(
  path: string,
  { cwd, stdin, maximumBytes, signal }: InputSources,
): Promise<{ readonly name: string; readonly text: string }> {
  if (path !== '-') return { name: path, text: readSource(resolve(cwd, path), { maximumBytes }).text };
  const name = 'standard input';
  const bytes = await readStream(stdin(), { maximumBytes, signal });
  return { name, text: decodeSource(bytes, name, { maximumBytes }).text };
}
