// Adds to the module of tree-sitter a count of the rounds of a few loops, so that a parse can be ended by what it did and not by a
// clock: the same on every machine. Only loops that code hardly enters, so that counting costs nothing there.
import { createHash } from 'node:crypto';

/** The module that the numbers below belong to (web-tree-sitter 0.26). With another one, find its loops anew. */
const known = 'beca80e44cccbf2299ed4d1e3fa6462a9a6fe818aeebf847547a392227ce4acc';

/**
 * Loops by their order in the module: the stack of readings is walked (78, 96, 97, 137, 194, 195), its lists are copied (524, 525). Code has up to
 * 5 rounds of them for each character, garbage that is dear to read 50 to 800.
 */
const loops = new Set([78, 96, 97, 137, 194, 195, 524, 525]);

/** Name under which the module exports the count. */
const name = 'rounds';

const section = { imports: 2, globals: 6, exports: 7, code: 10 };
const op = { loop: 0x03, end: 0x0b, getGlobal: 0x23, setGlobal: 0x24, i32Const: 0x41, i32Add: 0x6a };
const i32 = 0x7f;
const kind = { function: 0, table: 1, memory: 2, global: 3 };

/** Bytes of a module with the count. */
export function countRounds(bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== known)
    throw new Error(`web-tree-sitter.wasm is another one (${hash}): scripts/count-rounds.mjs names its loops`);
  const parts = [bytes.subarray(0, 8)];
  let global = 0;
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at];
    const size = number(bytes, at + 1);
    const start = size.next;
    const end = start + size.value;
    const list = number(bytes, start);
    let body = bytes.subarray(start, end);
    if (id === section.imports) global += importedGlobals(bytes, list);
    if (id === section.globals) {
      global += list.value;
      body = longer(list.value, bytes.subarray(list.next, end), [i32, 1, op.i32Const, 0, op.end]);
    }
    if (id === section.exports) {
      const entry = [name.length, ...Buffer.from(name), kind.global, ...encoded(global)];
      body = longer(list.value, bytes.subarray(list.next, end), entry);
    }
    if (id === section.code) body = countedCode(bytes, list, countOf(global));
    parts.push(Buffer.from([id, ...encoded(body.length)]), body);
    at = end;
  }
  return Buffer.concat(parts);
}

/** A list with one entry more. */
function longer(count, entries, entry) {
  return Buffer.concat([Buffer.from(encoded(count + 1)), entries, Buffer.from(entry)]);
}

function countOf(global) {
  const index = encoded(global);
  return Buffer.from([op.getGlobal, ...index, op.i32Const, 1, op.i32Add, op.setGlobal, ...index]);
}

function importedGlobals(bytes, { value, next }) {
  let count = 0;
  let at = next;
  for (let left = value; left > 0; left -= 1) {
    for (let word = 0; word < 2; word += 1) {
      const length = number(bytes, at);
      at = length.next + length.value;
    }
    const what = bytes[at];
    at += 1;
    if (what === kind.function) at = behind(bytes, at);
    else if (what === kind.global) {
      at += 2;
      count += 1;
    } else {
      if (what === kind.table) at += 1;
      const hasMaximum = (bytes[at] & 1) === 1;
      at = behind(bytes, at + 1);
      if (hasMaximum) at = behind(bytes, at);
    }
  }
  return count;
}

function countedCode(bytes, { value, next }, count) {
  const parts = [Buffer.from(encoded(value))];
  const seen = { loops: 0 };
  let at = next;
  for (let left = value; left > 0; left -= 1) {
    const size = number(bytes, at);
    const end = size.next + size.value;
    const body = countedBody(bytes, size.next, end, seen, count);
    parts.push(Buffer.from(encoded(body.length)), body);
    at = end;
  }
  return Buffer.concat(parts);
}

function countedBody(bytes, start, end, seen, count) {
  const parts = [];
  const locals = number(bytes, start);
  let at = locals.next;
  for (let left = locals.value; left > 0; left -= 1) at = behind(bytes, at) + 1;
  let from = start;
  while (at < end) {
    const isLoop = bytes[at] === op.loop;
    at = behindInstruction(bytes, at);
    if (!isLoop) continue;
    if (loops.has(seen.loops)) {
      parts.push(bytes.subarray(from, at), count);
      from = at;
    }
    seen.loops += 1;
  }
  parts.push(bytes.subarray(from, end));
  return Buffer.concat(parts);
}

/** Instructions by how many numbers follow them; all others have none. */
const oneNumber = new Set([
  0x02, 0x03, 0x04, 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x41, 0x42, 0xd0, 0xd2,
]);
const bulkNumbers = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

function behindInstruction(bytes, start) {
  const code = bytes[start];
  const at = start + 1;
  if (oneNumber.has(code)) return behind(bytes, at);
  if (code === 0x11 || (code >= 0x28 && code <= 0x3e)) return behind(bytes, at, 2);
  if (code === 0x43) return at + 4;
  if (code === 0x44) return at + 8;
  if (code === 0x0e || code === 0x1c) {
    const list = number(bytes, at);
    return behind(bytes, list.next, list.value + (code === 0x0e ? 1 : 0));
  }
  if (code === 0xfc) {
    const sub = number(bytes, at);
    return behind(bytes, sub.next, bulkNumbers[sub.value]);
  }
  if (code === 0xfd || code === 0xfe || code > 0xfc) throw new Error(`unknown instruction ${code.toString(16)}`);
  return at;
}

/** Behind so many numbers of any length. */
function behind(bytes, start, count = 1) {
  let at = start;
  for (let left = count; left > 0; left -= 1) {
    while (bytes[at] >= 0x80) at += 1;
    at += 1;
  }
  return at;
}

function number(bytes, start) {
  let value = 0;
  let at = start;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at];
    at += 1;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value: value >>> 0, next: at };
  }
}

function encoded(value) {
  const bytes = [];
  for (let left = value; ;) {
    const low = left & 0x7f;
    left >>>= 7;
    bytes.push(left === 0 ? low : low | 0x80);
    if (left === 0) return bytes;
  }
}
