// Reads the syntax tree that oxc wrote as JSON into its memory, and makes the flat table of it right there: no string and
// no object per node. AssemblyScript; `node scripts/compile-assembly.mjs` makes tree-table.wasm of it.
//
// The same table as src/wasm/lower-estree.ts makes of the same JSON (test/unit/wasm/tree-table.test.ts compares them), in
// four passes:
//   1. read    one record for each node, in the order of the JSON
//   2. order   children as linked lists, sorted by their start where the JSON is not in source order
//   3. emit    rows in pre-order; equal values get equal numbers
//   4. span    first, next and last of each row; parents are widened to hold their children
//
// All that is written lies between `base` and `limit`. What does not fit, and what is not written as oxc writes it, ends in
// a negative result, and the caller takes the slow way.

/** Tells the host of a name that is met for the first time; gives its number in the name table, or a negative one. */
// @ts-expect-error decorators on functions exist in AssemblyScript only
@external('host', 'learn')
declare function learn(address: usize, length: usize): i32;

// What the host calls these names; the order is the one of `fixedNames` in src/wasm/tree-table.ts.
const LITERAL: u32 = 1;
const TEMPLATE_ELEMENT: u32 = 2;
const HOLE: u32 = 3;
const RAW: u32 = 4;
const VALUE: u32 = 5;
const REGEX: u32 = 6;
const BIGINT: u32 = 7;
const IMPORT_KIND: u32 = 8;
const EXPORT_KIND: u32 = 9;
const READONLY: u32 = 10;
const OPTIONAL: u32 = 11;
const START: u32 = 12;
const END: u32 = 13;
const NUMERIC_LITERAL: u32 = 14;
const STRING_LITERAL: u32 = 15;
const BOOLEAN_LITERAL: u32 = 16;
const NULL_LITERAL: u32 = 17;
const REGEXP_LITERAL: u32 = 18;
const BIGINT_LITERAL: u32 = 19;

const TYPE_ONLY: u32 = 256;
const TAIL: u32 = 16384;

const NOT_AS_WRITTEN: i32 = -1;
const NO_ROOM: i32 = -2;

// What the host knows of a name, 8 bytes for each: number, flags of a kind, flag of a property, property with the value.
const nameBytes: usize = 8;
const nameLimit: u32 = 1024;
const slotBytes: usize = 12;
const slotCount: u32 = 4096;
const textBytes: usize = 32768;

// A record of pass 1.
const recordBytes: usize = 44;
const atStart: usize = 0;
const atEnd: usize = 4;
const atParent: usize = 8;
const atKind: usize = 12;
const atField: usize = 14;
const atFlags: usize = 16;
const atState: usize = 18;
const atValue: usize = 20;
const atValueLength: usize = 24;
/** While reading: where a hole would lie that came now; afterwards: the row, then the number of its value. */
const atHole: usize = 28;
const atHead: usize = 32;
const atNext: usize = 36;
/** While reading: kind of a literal, field of an array that is open; then the start of the child before, then a number. */
const atOpen: usize = 40;

const IN_ARRAY: u32 = 1;
const UNSORTED: u32 = 2;
const NONE: u32 = 0xffffffff;

let names: usize = 0;
let slots: usize = 0;
let texts: usize = 0;
let textsUsed: usize = 0;
let records: usize = 0;
let limit: usize = 0;
let count: u32 = 0;
let p: usize = 0;
let stop: usize = 0;
/** End of the rows' memory that was ever written. */
let top: usize = 0;
let columns: usize = 0;
let stringsAt: usize = 0;
let stringsEnd: usize = 0;

/** Memory from `base` (a multiple of 8, zeroed) up to `end` may be used. Gives where the host writes what it knows of names. */
export function start(base: usize, end: usize): usize {
  names = base;
  slots = names + <usize>nameLimit * nameBytes;
  texts = slots + <usize>slotCount * slotBytes;
  textsUsed = texts;
  records = texts + textBytes;
  limit = end;
  top = records;
  return names;
}

export function usedEnd(): usize {
  return top;
}

export function columnsAt(): usize {
  return columns;
}

export function stringsStart(): usize {
  return stringsAt;
}

export function stringsStop(): usize {
  return stringsEnd;
}

/** Makes the table of the JSON at `address`; gives the number of rows. Where they lie, the functions above tell. */
export function build(address: usize, length: usize, textLength: u32, hasDelimiters: bool): i32 {
  p = address;
  stop = address + length;
  count = 0;
  const read = readAll();
  if (record(count) > top) top = record(count);
  if (read < 0) return read;
  order();
  return emit(textLength, hasDelimiters);
}

// --- 1. read

// @ts-expect-error decorators on functions exist in AssemblyScript only
@inline
function record(row: u32): usize {
  return records + <usize>row * recordBytes;
}

/** A record for a node; its number, or a negative one. */
function open(kind: u32, parent: i32, field: u32): i32 {
  const row = count;
  const at = record(row);
  if (at + recordBytes > limit) return NO_ROOM;
  count = row + 1;
  store<u32>(at, NONE, atStart);
  store<u32>(at, 0, atEnd);
  store<i32>(at, parent, atParent);
  store<u16>(at, <u16>kind, atKind);
  store<u16>(at, <u16>field, atField);
  store<u16>(at, <u16>kindFlags(kind), atFlags);
  store<u16>(at, 0, atState);
  store<u32>(at, 0, atValue);
  store<u32>(at, NONE, atHole);
  store<u32>(at, NONE, atHead);
  store<u32>(at, NUMERIC_LITERAL, atOpen);
  return <i32>row;
}

function numberOf(name: u32): u32 {
  return load<u16>(names + <usize>name * nameBytes);
}
function kindFlags(name: u32): u32 {
  return load<u16>(names + <usize>name * nameBytes, 2);
}
function propertyFlag(name: u32): u32 {
  return load<u16>(names + <usize>name * nameBytes, 4);
}
function valueProperty(name: u32): u32 {
  return load<u16>(names + <usize>name * nameBytes, 6);
}

/** `p` stands behind the opening quote of a name; moves behind the closing one. */
function readName(): i32 {
  const from = p;
  let hash: u32 = 0x811c9dc5;
  let c: u32 = load<u8>(p);
  while (c !== 0x22) {
    if (p >= stop || c === 0x5c) return NOT_AS_WRITTEN;
    hash = (hash ^ c) * 0x01000193;
    p += 1;
    c = load<u8>(p);
  }
  const length = p - from;
  p += 1;
  let slot = hash & (slotCount - 1);
  while (true) {
    const at = slots + <usize>slot * slotBytes;
    const known = load<u32>(at);
    if (known === 0) return learnAt(at, from, length);
    if (load<u32>(at, 4) === <u32>length && isSame(<usize>known, from, length)) return load<i32>(at, 8);
    slot = (slot + 1) & (slotCount - 1);
  }
}

function learnAt(at: usize, from: usize, length: usize): i32 {
  if (textsUsed + length > texts + textBytes) return NOT_AS_WRITTEN;
  const name = learn(from, length);
  if (name < 0) return NOT_AS_WRITTEN;
  memory.copy(textsUsed, from, length);
  store<u32>(at, <u32>textsUsed);
  store<u32>(at, <u32>length, 4);
  store<i32>(at, name, 8);
  textsUsed += length;
  return name;
}

function isSame(a: usize, b: usize, length: usize): bool {
  let index: usize = 0;
  while (index + 4 <= length) {
    if (load<u32>(a + index) !== load<u32>(b + index)) return false;
    index += 4;
  }
  while (index < length) {
    if (load<u8>(a + index) !== load<u8>(b + index)) return false;
    index += 1;
  }
  return true;
}

/** `p` stands at an opening quote; moves behind the closing one. */
function skipString(): void {
  p += 1;
  while (p < stop) {
    const c = load<u8>(p);
    if (c === 0x22) break;
    p += c === 0x5c ? 2 : 1;
  }
  p += 1;
}

/** Moves behind a number, `true`, `false` or `null`. */
function skipPlain(): void {
  while (p < stop) {
    const c = load<u8>(p);
    if (c === 0x2c || c === 0x7d || c === 0x5d) return;
    p += 1;
  }
}

/** Moves behind an object or an array that `p` stands at. */
function skipNested(): void {
  let depth: i32 = 0;
  while (p < stop) {
    const c = load<u8>(p);
    if (c === 0x22) {
      skipString();
      continue;
    }
    p += 1;
    if (c === 0x7b || c === 0x5b) depth += 1;
    else if (c === 0x7d || c === 0x5d) {
      depth -= 1;
      if (depth === 0) return;
    }
  }
}

function skipValue(): void {
  const c = load<u8>(p);
  if (c === 0x22) skipString();
  else if (c === 0x7b || c === 0x5b) skipNested();
  else skipPlain();
}

function readNumber(): u32 {
  let value: u32 = 0;
  while (true) {
    const digit = <u32>load<u8>(p) - 0x30;
    if (digit > 9) return value;
    value = value * 10 + digit;
    p += 1;
  }
}

/** Whether a node begins at `p`: `{"type":"`. */
function isNode(): bool {
  return load<u64>(p) === 0x3a2265707974227b && load<u8>(p + 8) === 0x22;
}

/** Opens the node at `p`, which moves behind its kind. */
function openNode(parent: i32, field: u32): i32 {
  p += 9;
  const kind = readName();
  return kind < 0 ? kind : open(<u32>kind, parent, field);
}

function readAll(): i32 {
  // {"node":\n{"type":"Program"
  if (load<u64>(p) !== 0x3a2265646f6e227b) return NOT_AS_WRITTEN;
  p += 8;
  while (load<u8>(p) <= 0x20 && p < stop) p += 1;
  if (!isNode()) return NOT_AS_WRITTEN;
  let row = openNode(-1, numberOf(0));
  while (row >= 0) {
    if (p >= stop) return NOT_AS_WRITTEN;
    const at = record(<u32>row);
    const state = <u32>load<u16>(at, atState);
    row = (state & IN_ARRAY) === 0 ? readProperty(row, at) : readElement(row, at);
  }
  return row === CLOSED ? 0 : row;
}

/** Result of the functions below when the root is closed; else the node to go on with, or what went wrong. */
const CLOSED: i32 = -3;

/** One step at a property of a node, or its end. */
function readProperty(row: i32, at: usize): i32 {
  const c = load<u8>(p);
  p += 1;
  if (c === 0x7d) return close(row, at);
  if (c !== 0x2c || load<u8>(p) !== 0x22) return NOT_AS_WRITTEN;
  p += 1;
  const known = readName();
  if (known < 0 || load<u8>(p) !== 0x3a) return NOT_AS_WRITTEN;
  const name = <u32>known;
  p += 1;
  const kind = <u32>load<u16>(at, atKind);
  const first = load<u8>(p);
  if (name === START) store<u32>(at, readNumber(), atStart);
  else if (name === END) store<u32>(at, readNumber(), atEnd);
  else if (kind === LITERAL) readLiteralPart(at, name, first);
  else if (kind === TEMPLATE_ELEMENT && name === VALUE) readCooked(at);
  else if (first === 0x7b) {
    if (isNode()) return openNode(row, numberOf(name));
    skipNested();
  } else if (first === 0x5b) {
    p += 1;
    store<u32>(at, numberOf(name), atOpen);
    store<u32>(at, NONE, atHole);
    store<u16>(at, <u16>(load<u16>(at, atState) | IN_ARRAY), atState);
  } else if (first === 0x22) readText(at, kind, name);
  else {
    if (first === 0x74) addFlags(at, propertyFlag(name));
    skipPlain();
  }
  return row;
}

function addFlags(at: usize, flags: u32): void {
  store<u16>(at, <u16>(load<u16>(at, atFlags) | flags), atFlags);
}

/** A text: the value of the node, or a word that stands for a flag. */
function readText(at: usize, kind: u32, name: u32): void {
  const from = p;
  skipString();
  if (name === valueProperty(kind)) setValue(at, from);
  if (name === IMPORT_KIND || name === EXPORT_KIND) {
    // "type"
    if (p - from === 6 && load<u32>(from + 1) === 0x65707974) addFlags(at, TYPE_ONLY);
  } else if ((name === READONLY || name === OPTIONAL) && p - from === 3 && load<u8>(from + 1) === 0x2b) {
    addFlags(at, propertyFlag(name));
  }
}

function setValue(at: usize, from: usize): void {
  store<u32>(at, <u32>from, atValue);
  store<u32>(at, <u32>(p - from), atValueLength);
}

/**
 * Literals are split by type. The value of a string is its text, that of all others is as written; `raw` comes after
 * `value`, hence it never takes the place of a string.
 */
function readLiteralPart(at: usize, name: u32, first: u32): void {
  const from = p;
  const type = <u32>load<u32>(at, atOpen);
  skipValue();
  if (name === VALUE) {
    if (first === 0x22) {
      store<u32>(at, STRING_LITERAL, atOpen);
      setValue(at, from);
    } else if (first === 0x74 || first === 0x66) store<u32>(at, BOOLEAN_LITERAL, atOpen);
  } else if (name === RAW && first === 0x22) {
    if (type !== STRING_LITERAL) setValue(at, from);
    // "null"
    if (type === NUMERIC_LITERAL && p - from === 6 && load<u32>(from + 1) === 0x6c6c756e) {
      store<u32>(at, NULL_LITERAL, atOpen);
    }
  } else if (name === REGEX) store<u32>(at, REGEXP_LITERAL, atOpen);
  else if (name === BIGINT) store<u32>(at, BIGINT_LITERAL, atOpen);
}

/** `p` stands at `{"raw":"…","cooked":…}`. */
function readCooked(at: usize): void {
  const from = p;
  skipNested();
  const behind = p;
  p = from + 7;
  skipString();
  p += 10;
  if (load<u8>(p) === 0x22) {
    const text = p;
    skipString();
    setValue(at, text);
  }
  p = behind;
}

function readElement(row: i32, at: usize): i32 {
  const c = load<u8>(p);
  if (c === 0x5d) {
    p += 1;
    store<u16>(at, <u16>(load<u16>(at, atState) & ~IN_ARRAY), atState);
  } else if (c === 0x2c) p += 1;
  else if (c === 0x7b && isNode()) return openNode(row, load<u32>(at, atOpen));
  else if (c === 0x6e) {
    p += 4;
    const hole = open(HOLE, row, load<u32>(at, atOpen));
    if (hole < 0) return hole;
    // before any element: behind the bracket, which is known when the node is closed
    const place = load<u32>(at, atHole);
    store<u32>(record(<u32>hole), place, atStart);
    store<u32>(record(<u32>hole), place, atEnd);
  } else skipValue();
  return row;
}

function close(row: i32, at: usize): i32 {
  if (load<u16>(at, atKind) === LITERAL) store<u16>(at, <u16>load<u32>(at, atOpen), atKind);
  const parent = load<i32>(at, atParent);
  if (parent < 0) return CLOSED;
  store<u32>(record(<u32>parent), load<u32>(at, atEnd), atHole);
  return parent;
}

// --- 2. order

function order(): void {
  for (let row: u32 = 0; row < count; row += 1) store<u32>(record(row), 0, atOpen);
  for (let row: u32 = 1; row < count; row += 1) {
    const at = record(row);
    const parent = record(load<u32>(at, atParent));
    if (load<u32>(at, atStart) === NONE) {
      const place = load<u32>(parent, atStart) + 1;
      store<u32>(at, place, atStart);
      store<u32>(at, place, atEnd);
    }
    const begin = load<u32>(at, atStart);
    if (begin < load<u32>(parent, atOpen)) store<u16>(parent, <u16>UNSORTED, atState);
    store<u32>(parent, begin, atOpen);
  }
  for (let row = <i32>count - 1; row > 0; row -= 1) {
    const at = record(<u32>row);
    const parent = record(load<u32>(at, atParent));
    store<u32>(at, load<u32>(parent, atHead), atNext);
    store<i32>(parent, row, atHead);
  }
  for (let row: u32 = 0; row < count; row += 1) {
    const at = record(row);
    if (load<u16>(at, atState) === UNSORTED) store<u32>(at, sorted(load<u32>(at, atHead)), atHead);
  }
}

/** Merge sort of a list by start, which keeps the order of equals. */
function sorted(list: u32): u32 {
  let size: u32 = 1;
  while (true) {
    let left = list;
    let tail = NONE;
    let merges: u32 = 0;
    list = NONE;
    while (left !== NONE) {
      merges += 1;
      let right = left;
      let leftSize: u32 = 0;
      while (leftSize < size && right !== NONE) {
        leftSize += 1;
        right = load<u32>(record(right), atNext);
      }
      let rightSize = size;
      while (leftSize > 0 || (rightSize > 0 && right !== NONE)) {
        let taken: u32;
        const isLeft =
          leftSize > 0 &&
          (rightSize === 0 ||
            right === NONE ||
            load<u32>(record(left), atStart) <= load<u32>(record(right), atStart));
        if (isLeft) {
          taken = left;
          left = load<u32>(record(left), atNext);
          leftSize -= 1;
        } else {
          taken = right;
          right = load<u32>(record(right), atNext);
          rightSize -= 1;
        }
        if (tail === NONE) list = taken;
        else store<u32>(record(tail), taken, atNext);
        tail = taken;
      }
      left = right;
    }
    store<u32>(record(tail), NONE, atNext);
    if (merges <= 1) return list;
    size *= 2;
  }
}

// --- 3. emit

let starts: usize = 0;
let ends: usize = 0;
let parents: usize = 0;
let firsts: usize = 0;
let nexts: usize = 0;
let lasts: usize = 0;
let values: usize = 0;
let kinds: usize = 0;
let fields: usize = 0;
let flagColumn: usize = 0;
let interned: usize = 0;
let internedMask: u32 = 0;
let stringCount: u32 = 0;

/** Lays the columns out behind the records: seven of 4 bytes, three of 2, then the table of values and the strings. */
function layOut(): bool {
  const wide = <usize>count * 4;
  columns = (records + <usize>count * recordBytes + 7) & ~7;
  starts = columns;
  ends = starts + wide;
  parents = ends + wide;
  firsts = parents + wide;
  nexts = firsts + wide;
  lasts = nexts + wide;
  values = lasts + wide;
  kinds = values + wide;
  fields = kinds + wide / 2;
  flagColumn = fields + wide / 2;
  interned = (flagColumn + wide / 2 + 7) & ~7;
  let size: u32 = 16;
  while (size < count * 2) size *= 2;
  internedMask = size - 1;
  stringsAt = interned + <usize>size * 4;
  stringsEnd = stringsAt;
  stringCount = 0;
  if (stringsAt + 8 > limit) return false;
  memory.fill(interned, 0, <usize>size * 4);
  return true;
}

function emit(textLength: u32, hasDelimiters: bool): i32 {
  if (!layOut()) return NO_ROOM;
  let row: u32 = 0;
  let from: u32 = 0;
  while (true) {
    if (!emitRow(row, record(from), hasDelimiters)) return NO_ROOM;
    row += 1;
    let next = load<u32>(record(from), atHead);
    while (next === NONE) {
      if (from === 0) {
        finishStrings();
        span(textLength);
        return <i32>count;
      }
      next = load<u32>(record(from), atNext);
      if (next === NONE) from = load<u32>(record(from), atParent);
    }
    from = next;
  }
}

function emitRow(row: u32, at: usize, hasDelimiters: bool): bool {
  const kind = <u32>load<u16>(at, atKind);
  const wide = <usize>row * 4;
  const narrow = <usize>row * 2;
  let begin = load<u32>(at, atStart);
  let end = load<u32>(at, atEnd);
  let flags = <u32>load<u16>(at, atFlags);
  if (kind === TEMPLATE_ELEMENT && hasDelimiters) {
    begin += 1;
    end -= (flags & TAIL) !== 0 ? 1 : 2;
  }
  const parent = load<i32>(at, atParent);
  let parentRow: u32 = NONE;
  if (parent >= 0) {
    parentRow = load<u32>(record(<u32>parent), atHole);
    flags |= <u32>load<u16>(flagColumn + <usize>parentRow * 2) & TYPE_ONLY;
  }
  store<u32>(at, row, atHole);
  store<u32>(starts + wide, begin);
  store<u32>(ends + wide, end);
  store<u32>(parents + wide, parentRow);
  store<u16>(kinds + narrow, <u16>numberOf(kind));
  store<u16>(fields + narrow, load<u16>(at, atField));
  store<u16>(flagColumn + narrow, <u16>flags);
  if (load<u32>(at, atValue) === 0) store<u32>(values + wide, NONE);
  else {
    const value = intern(at);
    if (value < 0) return false;
    store<i32>(values + wide, value);
  }
  return true;
}

/** Number of the value of a record; the same text is written in one way only, so that its JSON can be compared. */
function intern(at: usize): i32 {
  const from = <usize>load<u32>(at, atValue);
  const length = <usize>load<u32>(at, atValueLength);
  let hash: u32 = 0x811c9dc5;
  for (let index: usize = 0; index < length; index += 1) hash = (hash ^ load<u8>(from + index)) * 0x01000193;
  let slot = (hash ^ (hash >>> 15)) & internedMask;
  while (true) {
    const known = <usize>load<u32>(interned + <usize>slot * 4);
    if (known === 0) break;
    if (<usize>load<u32>(known, atValueLength) === length && isSame(<usize>load<u32>(known, atValue), from, length)) {
      return load<i32>(known, atNumber);
    }
    slot = (slot + 1) & internedMask;
  }
  if (stringsEnd + length + 2 > limit) return NO_ROOM;
  store<u32>(interned + <usize>slot * 4, <u32>at);
  store<u8>(stringsEnd, stringCount === 0 ? 0x5b : 0x2c);
  memory.copy(stringsEnd + 1, from, length);
  stringsEnd += length + 1;
  const number = stringCount;
  store<u32>(at, number, atNumber);
  stringCount = number + 1;
  return <i32>number;
}

/** Number of its value, in a record that has been emitted. */
const atNumber: usize = atOpen;

function finishStrings(): void {
  if (stringCount > 0) {
    store<u8>(stringsEnd, 0x5d);
    stringsEnd += 1;
  }
  if (stringsEnd > top) top = stringsEnd;
}

// --- 4. span

/** Backwards, so that all descendants of a row are done before the row passes its own figures on. */
function span(textLength: u32): void {
  store<u32>(starts, 0);
  store<u32>(ends, textLength);
  memory.fill(firsts, 0xff, <usize>count * 4);
  store<u32>(nexts, NONE);
  for (let row: u32 = 0; row < count; row += 1) store<u32>(lasts + <usize>row * 4, row);
  for (let row = count - 1; row > 0; row -= 1) {
    const own = <usize>row * 4;
    const above = <usize>load<u32>(parents + own) * 4;
    store<u32>(nexts + own, load<u32>(firsts + above));
    store<u32>(firsts + above, row);
    if (load<u32>(lasts + own) > load<u32>(lasts + above)) store<u32>(lasts + above, load<u32>(lasts + own));
    if (load<u32>(starts + own) < load<u32>(starts + above)) store<u32>(starts + above, load<u32>(starts + own));
    if (load<u32>(ends + own) > load<u32>(ends + above)) store<u32>(ends + above, load<u32>(ends + own));
  }
}
