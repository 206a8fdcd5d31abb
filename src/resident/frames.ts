import { BoosterError } from '../shared/errors.ts';

/** Bytes of one message at most, so that a mistake cannot fill the memory. */
const maximumFrameBytes = 64 * 2 ** 20;

const headBytes = 4;

/**
 * A message as it travels: the length of its JSON as 4 bytes, the highest first, then the JSON.
 * @throws BoosterError E_RESIDENT_PROTOCOL when it is too large
 */
export function encodeFrame(message: unknown, limitBytes: number = maximumFrameBytes): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  if (body.length > limitBytes) throw protocolError(`message of ${body.length} bytes, the limit is ${limitBytes}`);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

/** Puts messages together from whatever pieces a connection delivers. */
export class FrameReader {
  readonly #limitBytes: number;
  #pieces: Buffer[] = [];
  #size = 0;

  constructor(limitBytes: number = maximumFrameBytes) {
    this.#limitBytes = limitBytes;
  }

  /**
   * The messages that are complete with this piece, in their order.
   * @throws BoosterError E_RESIDENT_PROTOCOL when what came is no message, or too large; nothing more can then be read
   */
  *read(piece: Buffer): Generator {
    this.#pieces.push(piece);
    this.#size += piece.length;
    for (;;) {
      const length = this.#bodyLength();
      if (length === undefined || this.#size < headBytes + length) return;
      yield parseBody(this.#take(headBytes + length).subarray(headBytes));
    }
  }

  #bodyLength(): number | undefined {
    if (this.#size < headBytes) return undefined;
    if ((this.#pieces[0]?.length ?? 0) < headBytes) this.#pieces = [Buffer.concat(this.#pieces)];
    const length = this.#pieces[0]?.readUInt32BE() ?? 0;
    if (length > this.#limitBytes) {
      throw protocolError(`message of ${length} bytes announced, the limit is ${this.#limitBytes}`);
    }
    return length;
  }

  #take(bytes: number): Buffer {
    const all =
      this.#pieces.length === 1 && this.#pieces[0] !== undefined ? this.#pieces[0] : Buffer.concat(this.#pieces);
    const rest = all.subarray(bytes);
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
    return all.subarray(0, bytes);
  }
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch (error) {
    throw new BoosterError('E_RESIDENT_PROTOCOL', 'message is not JSON', {}, error);
  }
}

function protocolError(message: string): BoosterError {
  return new BoosterError('E_RESIDENT_PROTOCOL', message);
}
