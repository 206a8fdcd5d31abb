import { isUtf8 } from 'node:buffer';
import { hash as hashText } from 'node:crypto';
// Not `node:fs/promises`: loading it costs 1 ms of a cold start, and source files are small.
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { BoosterError } from '../shared/errors.ts';
import { groupDigits } from '../shared/group-digits.ts';
import { fileProblem } from './file-problem.ts';

/** How lines end in a text: `mixed` when more than one kind occurs, `lf` when there is no line end at all. */
export type Eol = 'lf' | 'crlf' | 'cr' | 'mixed';

/** A text and what is needed to give it back byte for byte. */
export interface SourceText {
  /** As given by the caller; for messages and, in a {@link SourceFile}, for reading and writing. */
  readonly path: string;
  /** The text without byte order mark; line ends as they are in the file. */
  readonly text: string;
  /** SHA-256 of the raw bytes (byte order mark included), lower-case hex. */
  readonly hash: string;
  readonly bom: boolean;
  readonly eol: Eol;
  /** Whether the last line is ended. */
  readonly finalNewline: boolean;
  /** Length of the raw bytes. */
  readonly bytes: number;
}

/** A text that lies in a file. */
export interface SourceFile extends SourceText {
  /** Permission bits, e.g. `0o644`. */
  readonly mode: number;
  /** Further names of the same file (hard links). A write gives it a new file, which they do not lead to. */
  readonly otherNames: number;
}

export interface ReadOptions {
  /** Largest file that is read, in bytes; default 1 MiB. */
  readonly maximumBytes?: number;
}

const defaultMaximumBytes = 1_048_576;

/** A file as it was read, not decoded yet; in a buffer that was given, it is there until that is used again. */
export type RawSource = Pick<SourceFile, 'path' | 'hash' | 'mode' | 'otherNames'> & { readonly content: Buffer };

/**
 * Reads a regular file of clean UTF-8 text. Symbolic links are followed; FIFOs, sockets and devices are refused without
 * opening them, so the call never blocks on a writer that does not come.
 *
 * @throws BoosterError `E_FILE_NOT_FOUND`, `E_FILE_NOT_READABLE` (no permission, or not a regular file),
 * `E_FILE_TOO_LARGE`, `E_FILE_NOT_TEXT`. The message starts with the path.
 */
export function readSource(path: string, options: ReadOptions = {}): SourceFile {
  return decodeFile(readFile(path, options), options);
}

/**
 * The first half of {@link readSource}, with the same faults but `E_FILE_NOT_TEXT`: who knows the hash needs no text.
 * @throws BoosterError `E_FILE_NOT_FOUND`, `E_FILE_NOT_READABLE`, `E_FILE_TOO_LARGE`
 */
export function readFile(
  path: string,
  { maximumBytes = defaultMaximumBytes }: ReadOptions = {},
  into?: Buffer,
): RawSource {
  const { bytes, stats } = readBytes(path, maximumBytes, into);
  const facts = { mode: stats.mode & 0o7777, otherNames: Math.max(0, stats.nlink - 1) };
  return { path, content: bytes, hash: hashOf(bytes), ...facts };
}

/**
 * The second half of {@link readSource}.
 * @throws BoosterError `E_FILE_NOT_TEXT`
 */
export function decodeFile(
  { content, path, hash, mode, otherNames }: RawSource,
  options: ReadOptions = {},
): SourceFile {
  return { ...decodeSource(content, path, options, hash), mode, otherNames };
}

/**
 * Decodes bytes that did not come from a file (standard input), under the same rules as {@link readSource}.
 *
 * @param hash of the bytes, when it is known
 * @throws BoosterError `E_FILE_TOO_LARGE`, `E_FILE_NOT_TEXT`
 */
export function decodeSource(
  bytes: Uint8Array,
  path: string,
  { maximumBytes = defaultMaximumBytes }: ReadOptions = {},
  hash?: string,
): SourceText {
  if (bytes.length > maximumBytes) throw tooLarge(path, bytes.length, maximumBytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  refuseBinary(buffer, path);
  const bom = startsWith(buffer, [0xef, 0xbb, 0xbf]);
  const text = buffer.toString('utf8', bom ? 3 : 0);
  return {
    path,
    text,
    hash: hash ?? hashOf(buffer),
    bom,
    eol: eolOf(text),
    finalNewline: /[\r\n]$/.test(text.slice(-1)),
    bytes: buffer.length,
  };
}

export function hashOf(bytes: Uint8Array): string {
  return hashText('sha256', bytes);
}

/**
 * Raw bytes and facts of a regular file.
 *
 * @param into holds the bytes when there is room for them
 * @throws BoosterError `E_FILE_NOT_FOUND`, `E_FILE_NOT_READABLE`, `E_FILE_TOO_LARGE`
 */
export function readBytes(
  path: string,
  maximumBytes: number,
  into?: Buffer,
): { readonly bytes: Buffer; readonly stats: Stats } {
  let descriptor: number | undefined;
  try {
    // Opening a device can have effects of its own, so the kind is looked up before; O_NONBLOCK and the second look are
    // for a path that becomes a FIFO in between.
    refuseIrregular(statSync(path), path);
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(descriptor);
    refuseIrregular(stats, path);
    if (stats.size > maximumBytes) throw tooLarge(path, stats.size, maximumBytes);
    return { bytes: readAll(descriptor, path, stats.size, maximumBytes, into), stats };
  } catch (error) {
    throw fileProblem(error, path, 'read');
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Reads to the end, not to the size: the file may grow, and files of /proc claim to be empty. */
function readAll(descriptor: number, path: string, size: number, maximumBytes: number, into?: Buffer): Buffer {
  let buffer = into !== undefined && into.length > size ? into : Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += read;
    if (length > maximumBytes) throw tooLarge(path, length, maximumBytes);
    if (read === 0) return buffer.subarray(0, length);
    if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2 + 4096);
  }
}

function refuseIrregular(stats: Stats, path: string): void {
  if (stats.isFile()) return;
  const kind = stats.isDirectory()
    ? 'a directory'
    : stats.isFIFO()
      ? 'a FIFO'
      : stats.isSocket()
        ? 'a socket'
        : 'a device';
  throw new BoosterError('E_FILE_NOT_READABLE', `${path}: is ${kind}, not a file`, { path });
}

function tooLarge(path: string, bytes: number, maximumBytes: number): BoosterError {
  const message = `${path}: ${groupDigits(bytes)} bytes or more, the limit is ${groupDigits(maximumBytes)}`;
  return new BoosterError('E_FILE_TOO_LARGE', message, { path, bytes, maximumBytes });
}

function refuseBinary(bytes: Buffer, path: string): void {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) {
    throw new BoosterError('E_FILE_NOT_TEXT', `${path}: is UTF-16, not UTF-8`, { path });
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    throw new BoosterError('E_FILE_NOT_TEXT', `${path}: holds a NUL byte at offset ${nul}: not text`, {
      path,
      byteOffset: nul,
    });
  }
  if (isUtf8(bytes)) return;
  const byteOffset = firstInvalidByte(bytes);
  const line = countLines(bytes, byteOffset);
  throw new BoosterError('E_FILE_NOT_TEXT', `${path}: not valid UTF-8 at byte offset ${byteOffset} (line ${line})`, {
    path,
    byteOffset,
    line,
  });
}

/** Where UTF-8 breaks: valid prefixes are closed under shortening at character starts, so the place can be bisected. */
function firstInvalidByte(bytes: Buffer): number {
  let valid = 0;
  let end = bytes.length;
  while (end - valid > 4) {
    let middle = (valid + end) >> 1;
    while (middle > valid && ((bytes[middle] ?? 0) & 0xc0) === 0x80) middle -= 1;
    if (middle === valid) break;
    if (isUtf8(bytes.subarray(valid, middle))) valid = middle;
    else end = middle;
  }
  for (let at = valid; at < end;) {
    const length = [1, 2, 3, 4].find((n) => at + n <= bytes.length && isUtf8(bytes.subarray(at, at + n)));
    if (length === undefined) return at;
    at += length;
  }
  return valid;
}

function countLines(bytes: Buffer, until: number): number {
  let lines = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < until; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}

function eolOf(text: string): Eol {
  if (!text.includes('\r')) return 'lf';
  const kinds = new Set<string>();
  for (const [kind] of text.matchAll(/\r\n|\r|\n/g)) {
    kinds.add(kind);
    if (kinds.size > 1) return 'mixed';
  }
  return kinds.has('\r\n') ? 'crlf' : 'cr';
}
