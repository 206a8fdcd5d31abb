/** 64 bits of FNV-1a over the UTF-16 units of a text, as 16 hexadecimal digits; two 32-bit halves with different bases. */
function textHash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 24), 0x01000193);
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}

/** Longer code is told apart by its head; what changes behind does not make it another finding. */
const keptLength = 240;

/**
 * Gives findings their fingerprints. They stay the same when the code moves or is indented anew, and change with the code, the
 * rule, or the name of the function around it. Equal ones are numbered in the order of the file.
 */
export class Fingerprints {
  readonly #counts = new Map<string, number>();

  next(ruleId: string, functionName: string, source: string): string {
    const code = source
      .slice(0, keptLength * 2)
      .replace(/\s+/g, ' ')
      .slice(0, keptLength);
    const key = [ruleId, functionName, code].join('\0');
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return textHash(`${key}\0${String(count)}`);
  }
}
