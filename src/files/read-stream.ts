import type { Readable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import { BoosterError } from '../shared/errors.ts';
import { groupDigits } from '../shared/group-digits.ts';

export interface ReadStreamOptions {
  /** More than that is refused as soon as it has come. */
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Reads standard input to its end.
 * @throws BoosterError `E_FILE_TOO_LARGE`, `E_FILE_NOT_READABLE`, `E_TASK_ABORTED` when `signal` aborts
 */
export async function readStream(input: Readable, { maximumBytes, signal }: ReadStreamOptions): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of addAbortSignal(signal, input) as AsyncIterable<Buffer | string>) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      length += bytes.length;
      if (length > maximumBytes) break;
      chunks.push(bytes);
    }
  } catch (error) {
    if (signal.aborted) throw new BoosterError('E_TASK_ABORTED', 'interrupted', {}, error);
    throw new BoosterError('E_FILE_NOT_READABLE', 'standard input cannot be read', {}, error);
  }
  if (length > maximumBytes) {
    const message = `standard input: more than ${groupDigits(maximumBytes)} bytes, which is the limit`;
    throw new BoosterError('E_FILE_TOO_LARGE', message, { path: 'standard input', maximumBytes });
  }
  return Buffer.concat(chunks);
}
