import { BoosterError } from '../../shared/errors.ts';
import { pageBytes } from '../web-assembly.ts';

/** Magic number and version, before the first section. */
const headerLength = 8;
const memorySection = 5;
const hasMaximum = 1;

interface Section {
  readonly id: number;
  /** Offsets of the id byte, of the contents and behind them. */
  readonly start: number;
  readonly contents: number;
  readonly end: number;
}

/**
 * Gives the one memory that a module declares a maximum, which the WebAssembly engine then keeps: a worker's
 * `resourceLimits` do not count such memory, and this module imports none that could be capped from outside.
 * @throws BoosterError `E_WASM_MEMORY` when the limit is below what the module starts with; `E_WASM_LOAD` for bytes that
 * are no module with one memory of its own
 */
export function capMemory(bytes: Uint8Array, limitBytes: number): Uint8Array {
  const section = findSection(bytes, memorySection);
  if (section === undefined) throw unknownShape();
  const count = readNumber(bytes, section.contents);
  const flags = readNumber(bytes, count.next);
  const minimum = readNumber(bytes, flags.next);
  if (count.value !== 1 || flags.value > hasMaximum) throw unknownShape();
  const maximum = Math.floor(limitBytes / pageBytes);
  if (!(maximum >= minimum.value)) {
    const needed = minimum.value * pageBytes;
    const message = `a limit of ${String(limitBytes)} bytes is below the ${String(needed)} that the engine starts with`;
    throw new BoosterError('E_WASM_MEMORY', message, { limitBytes, needed });
  }
  const contents = [1, hasMaximum, ...numberBytes(minimum.value), ...numberBytes(maximum)];
  const capped = [memorySection, ...numberBytes(contents.length), ...contents];
  const result = new Uint8Array(section.start + capped.length + bytes.length - section.end);
  result.set(bytes.subarray(0, section.start));
  result.set(capped, section.start);
  result.set(bytes.subarray(section.end), section.start + capped.length);
  return result;
}

function findSection(bytes: Uint8Array, id: number): Section | undefined {
  let start = headerLength;
  while (start < bytes.length) {
    const length = readNumber(bytes, start + 1);
    const end = length.next + length.value;
    if (bytes[start] === id) return { id, start, contents: length.next, end };
    start = end;
  }
  return undefined;
}

/** An unsigned LEB128 number, and the offset behind it. */
function readNumber(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[start + index];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: start + index + 1 };
  }
  throw unknownShape();
}

function numberBytes(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

function unknownShape(): BoosterError {
  return new BoosterError('E_WASM_LOAD', 'the bytes are no WebAssembly module with one memory of its own');
}
