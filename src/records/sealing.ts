import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readEncryptionKeys } from '../shared/encryption-keys.ts';
import type { EncryptionKeyText } from '../shared/encryption-keys.ts';

/** What a sealed text begins with; a version, the key's id and the sealed bytes in base64 follow. */
export const sealedPrefix = 'sealed:1:';

/** And what it ends with: one without it was cut off. */
export const sealedEnd = '.';

/** Encrypts what is kept, and takes nothing back that was changed or that was sealed for another place. */
export interface Sealer {
  /**
   * One line without blanks, whatever the text.
   * @param place what the text belongs to; one that was moved to another place does not open
   */
  seal(text: string, place: string): string;
  /** A text that is not sealed comes back as it is; `undefined`: damaged, or sealed with a key that is not given any more. */
  open(sealed: string, place: string): string | undefined;
  /** Whether it has the key with which a text says that it was sealed. */
  knows(sealed: string): boolean;
}

const algorithm = 'aes-256-gcm';
/** As GCM wants it; drawn at random, so one key is good for some 2^32 texts. */
const nonceBytes = 12;
const tagBytes = 16;
const idBytes = 4;

/**
 * A sealer for the value of BOOSTER_ENCRYPTION_KEY. The first key seals, all of them open, so that a key is changed by putting the new
 * one in front.
 * @returns `undefined` when there is no key
 * @throws BoosterError E_CONFIG_INVALID, which does not show the key
 */
export function createSealer(keys: string | undefined): Sealer | undefined {
  const known = readEncryptionKeys(keys).map(readKey);
  const [first] = known;
  if (first === undefined) return undefined;
  return new KeySealer(first, new Map(known.toReversed().map((key) => [key.id, key])));
}

interface Key {
  /** Tells keys apart, and says nothing about them. */
  readonly id: string;
  readonly secret: Buffer;
}

function readKey({ text, encoding }: EncryptionKeyText): Key {
  const secret = Buffer.from(text, encoding);
  const hash = createHash('sha256').update('booster key id\0').update(secret).digest();
  return { id: hash.subarray(0, idBytes).toString('hex'), secret };
}

class KeySealer implements Sealer {
  readonly #first: Key;
  readonly #keys: ReadonlyMap<string, Key>;

  constructor(first: Key, keys: ReadonlyMap<string, Key>) {
    this.#first = first;
    this.#keys = keys;
  }

  seal(text: string, place: string): string {
    const sealed = encrypt(this.#first, Buffer.from(text), place);
    return `${sealedPrefix}${this.#first.id}:${sealed.toString('base64')}${sealedEnd}`;
  }

  open(sealed: string, place: string): string | undefined {
    if (!sealed.startsWith(sealedPrefix)) return sealed;
    const { id, body } = partsOf(sealed);
    const key = this.#keys.get(id);
    const bytes = Buffer.from(body, 'base64');
    if (key === undefined || !sealed.endsWith(sealedEnd) || bytes.length < nonceBytes + tagBytes) return undefined;
    const decipher = createDecipheriv(algorithm, key.secret, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString();
    } catch {
      return undefined;
    }
  }

  knows(sealed: string): boolean {
    return this.#keys.has(partsOf(sealed).id);
  }
}

function partsOf(sealed: string): { readonly id: string; readonly body: string } {
  const [id = '', body = ''] = sealed.slice(sealedPrefix.length).split(':', 2);
  return { id, body: body.slice(0, -sealedEnd.length) };
}

/** Nonce, tag, and the text. */
function encrypt({ secret }: Key, bytes: Uint8Array, place: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, secret, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}
