/**
 * Results by key, for as long as there is room. A key is the SHA-256, in lower-case hex, of all that the result depends on. Neither call
 * rejects: what cannot be read is not there, what cannot be written is not kept.
 */
export interface ResultCache {
  /** The bytes as they were put in, checked against the hash that the entry carries; a damaged entry is dropped. */
  get(key: string): Promise<Uint8Array | undefined>;
  put(key: string, value: Uint8Array): Promise<void>;
}
