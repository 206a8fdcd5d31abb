import { BoosterError } from './errors.ts';

/** Environment variable with the keys; it is not a setting, as a key must not stand in a file of the project. */
export const encryptionVariable = 'BOOSTER_ENCRYPTION_KEY';

/**
 * The keys in the value of BOOSTER_ENCRYPTION_KEY: one or more of 32 bytes in hex or base64, with commas between them. Empty when
 * there is none.
 * @throws BoosterError E_CONFIG_INVALID, which does not show the key
 */
export function readEncryptionKeys(value: string | undefined): readonly EncryptionKeyText[] {
  const texts = (value ?? '').split(',').map((text) => text.trim());
  if (texts.every((text) => text === '')) return [];
  return texts.map((text, index) => {
    if (/^[\da-f]{64}$/i.test(text)) return { text, encoding: 'hex' };
    if (/^[\w+/-]{43}=?$/.test(text)) return { text, encoding: 'base64' };
    const what = `key ${String(index + 1)} of ${encryptionVariable} is not 32 bytes in hex (64 digits) or base64 (43 or 44 characters)`;
    throw new BoosterError('E_CONFIG_INVALID', what, { environment: encryptionVariable });
  });
}

export interface EncryptionKeyText {
  readonly text: string;
  readonly encoding: 'hex' | 'base64';
}
