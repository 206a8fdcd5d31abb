import { createHash } from 'node:crypto';

/**
 * Hash of a value with everything in it: equal values have equal digests. Walks with a list of its own instead of the
 * stack, so that a chain of a million nodes is no deeper than a number. Functions count as equal to each other.
 */
export function digestValue(value) {
  const hash = createHash('sha256');
  /** Objects met so far, by number: a circle ends there, and shared parts are told from copies. */
  const known = new Map();
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) {
      hash.update(primitiveText(next));
      continue;
    }
    const number = known.get(next);
    hash.update(number === undefined ? `${Object.prototype.toString.call(next)}{` : `#${number};`);
    if (number !== undefined) continue;
    known.set(next, known.size);
    const parts = partsOf(next);
    hash.update(`${parts.length};`);
    for (let index = parts.length - 1; index >= 0; index -= 1) waiting.push(parts[index]);
  }
  return hash.digest('hex');
}

/** Length first, so that no text can be mistaken for the end of another. */
function primitiveText(value) {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return `${typeof value}${text.length}:${text};`;
}

function partsOf(object) {
  if (object instanceof Map) return [...object].flat(1);
  if (object instanceof Set) return [...object];
  if (object instanceof Date) return [object.getTime()];
  if (object instanceof RegExp) return [object.source, object.flags, object.lastIndex];
  if (object instanceof Error) return [object.name, object.message];
  if (ArrayBuffer.isView(object))
    return [Buffer.from(object.buffer, object.byteOffset, object.byteLength).toString('hex')];
  return [...Object.entries(object).flat(1), Array.isArray(object) ? object.length : undefined];
}
