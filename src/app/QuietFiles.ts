import type { Language } from '../engine/language.ts';
import type { WholeFile } from '../records/local/WholeFile.ts';
import { sealedPrefix } from '../records/sealing.ts';
import type { Sealer } from '../records/sealing.ts';

/** Why there is nothing to say of a file: no rule can match it, it was parsed and nothing was found, or it was generated. */
export type QuietKind = 'unparsed' | 'parsed' | 'generated';

const letters = { unparsed: 'u', parsed: 'p', generated: 'g' } as const satisfies Record<QuietKind, string>;
const kinds = new Map<string, QuietKind>([
  ['u', 'unparsed'],
  ['p', 'parsed'],
  ['g', 'generated'],
]);

/** Contents that are remembered: at 75 bytes each, a file of 3.75 MB is read in some 15 ms. */
const mostEntries = 50_000;

/**
 * Contents of which it is known that nothing was found, for one build, level and set of rules. Most files of a project are of this kind,
 * and a run over many of them then reads and hashes them, and does nothing else: they are not even decoded.
 */
export class QuietFiles {
  readonly #file: WholeFile;
  readonly #place: string;
  readonly #sealer: Sealer | undefined;
  /** Letter of the kind by hash and language; the latest ones stand last. */
  readonly #known: Map<string, string>;
  #isNew = false;

  /** @param place what the text is sealed for */
  constructor(file: WholeFile, place: string, sealer: Sealer | undefined) {
    this.#file = file;
    this.#place = place;
    this.#sealer = sealer;
    this.#known = this.#read();
  }

  /** @param hash SHA-256 of the bytes of the file, in hex */
  get(hash: string, language: Language): QuietKind | undefined {
    return kinds.get(this.#known.get(`${hash} ${language}`) ?? '');
  }

  note(hash: string, language: Language, kind: QuietKind): void {
    const key = `${hash} ${language}`;
    this.#known.delete(key);
    this.#known.set(key, letters[kind]);
    this.#isNew = true;
  }

  /** Keeps what is new; a run that met nothing new writes nothing. */
  write(): void {
    if (!this.#isNew) return;
    const lines = [...this.#known].slice(-mostEntries).map(([key, letter]) => `${key} ${letter}`);
    const text = lines.join('\n');
    this.#file.write(this.#sealer === undefined ? text : this.#sealer.seal(text, this.#place));
    this.#isNew = false;
  }

  #read(): Map<string, string> {
    const kept = this.#file.read();
    // with a key, a text that is not sealed could be anybody's
    if (kept === undefined || kept.startsWith(sealedPrefix) !== (this.#sealer !== undefined)) return new Map();
    const text = this.#sealer === undefined ? kept : (this.#sealer.open(kept, this.#place) ?? '');
    return new Map(text.split('\n').map((line) => [line.slice(0, -2), line.slice(-1)]));
  }
}
