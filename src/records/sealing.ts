import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { BoosterError } from '../shared/errors.ts';

/** What a sealed text begins with; a version, the key's id and the sealed bytes in base64 follow. */
export const sealedPrefix = 'sealed:1:';

/** Encrypts what is kept, and takes nothing back that was changed or that was sealed for another place. */
export interface Sealer {
  /** One line without blanks, whatever the text. */
  seal(text: string): string;
  /** A text that is not sealed comes back as it is; `undefined`: damaged, or sealed with a key that is not given any more. */
  open(sealed: string): string | undefined;
  /** @param place what the bytes belong to; bytes that were moved to another place do not open */
  sealBytes(bytes: Uint8Array, place: string): Uint8Array;
  openBytes(sealed: Uint8Array, place: string): Uint8Array | undefined;
}

const algorithm = 'aes-256-gcm';
/** As GCM wants it; drawn at random, so one key is good for some 2^32 texts. */
const nonceBytes = 12;
const tagBytes = 16;
const idBytes = 4;
const bytesMagic = Buffer.from('BSEAL1');
const textPlace = 'text';

/**
 * A sealer for the value of BOOSTER_ENCRYPTION_KEY: one or more keys of 32 bytes in hex or base64, with commas between them. The
 * first one seals, all of them open, so that a key is changed by putting the new one in front.
 * @returns `undefined` when there is no key
 * @throws BoosterError E_CONFIG_INVALID, which does not show the key
 */
export function createSealer(keys: string | undefined): Sealer | undefined {
  const texts = (keys ?? '').split(',').map((text) => text.trim());
  if (texts.every((text) => text === '')) return undefined;
  const known = texts.map((text, index) => readKey(text, index + 1));
  const [first] = known;
  if (first === undefined) return undefined;
  return new KeySealer(first, new Map(known.toReversed().map((key) => [key.id.toString('hex'), key])));
}

interface Key {
  /** Tells keys apart, and says nothing about them. */
  readonly id: Buffer;
  readonly secret: Buffer;
}

function readKey(text: string, number: number): Key {
  const isHex = /^[\da-f]{64}$/i.test(text);
  const isBase64 = /^[\w+/-]{43}=?$/.test(text);
  if (!isHex && !isBase64) {
    const what = `key ${number} of BOOSTER_ENCRYPTION_KEY is not 32 bytes in hex (64 digits) or base64 (43 or 44 characters)`;
    throw new BoosterError('E_CONFIG_INVALID', what, { environment: 'BOOSTER_ENCRYPTION_KEY' });
  }
  const secret = Buffer.from(text, isHex ? 'hex' : 'base64');
  const id = createHash('sha256').update('booster key id\0').update(secret).digest().subarray(0, idBytes);
  return { id, secret };
}

class KeySealer implements Sealer {
  readonly #first: Key;
  readonly #keys: ReadonlyMap<string, Key>;

  constructor(first: Key, keys: ReadonlyMap<string, Key>) {
    this.#first = first;
    this.#keys = keys;
  }

  seal(text: string): string {
    const sealed = encrypt(this.#first, Buffer.from(text), textPlace);
    return `${sealedPrefix}${this.#first.id.toString('hex')}:${sealed.toString('base64')}`;
  }

  open(sealed: string): string | undefined {
    if (!sealed.startsWith(sealedPrefix)) return sealed;
    const [id = '', body = ''] = sealed.slice(sealedPrefix.length).split(':');
    return this.#decrypt(id, Buffer.from(body, 'base64'), textPlace)?.toString();
  }

  sealBytes(bytes: Uint8Array, place: string): Uint8Array {
    return Buffer.concat([bytesMagic, this.#first.id, encrypt(this.#first, bytes, place)]);
  }

  openBytes(sealed: Uint8Array, place: string): Uint8Array | undefined {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (!bytes.subarray(0, bytesMagic.length).equals(bytesMagic)) return undefined;
    const bodyAt = bytesMagic.length + idBytes;
    return this.#decrypt(bytes.subarray(bytesMagic.length, bodyAt).toString('hex'), bytes.subarray(bodyAt), place);
  }

  #decrypt(id: string, body: Buffer, place: string): Buffer | undefined {
    const key = this.#keys.get(id);
    if (key === undefined || body.length < nonceBytes + tagBytes) return undefined;
    const decipher = createDecipheriv(algorithm, key.secret, body.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(body.subarray(nonceBytes, nonceBytes + tagBytes));
    try {
      return Buffer.concat([decipher.update(body.subarray(nonceBytes + tagBytes)), decipher.final()]);
    } catch {
      return undefined;
    }
  }
}

/** Nonce, tag, and the text. */
function encrypt({ secret }: Key, bytes: Uint8Array, place: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, secret, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}
