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

export interface GenerateInput {
  /** Path of the file as it was given, or `standard input`. */
  readonly name: string;
  readonly text: string;
  /** Name of an export that stands behind the path: `file.ts#name`. */
  readonly part?: string;
}

/**
 * Reads what to generate from; `-` is standard input.
 * @throws BoosterError E_FILE_*, E_TASK_ABORTED
 */
export async function readGenerateInput(
  path: string,
  { cwd, stdin, maximumBytes, signal }: InputSources,
): Promise<GenerateInput> {
  if (path !== '-') {
    const [, file = path, part] = /^(.*\.[cm]?[jt]sx?)#([\p{ID_Continue}$]+)$/u.exec(path) ?? [];
    const { text } = readSource(resolve(cwd, file), { maximumBytes });
    return { name: file, text, ...(part === undefined ? {} : { part }) };
  }
  const name = 'standard input';
  const bytes = await readStream(stdin(), { maximumBytes, signal });
  return { name, text: decodeSource(bytes, name, { maximumBytes }).text };
}
