import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decodeSource, readSource } from '../../../src/files/read-source.ts';
import { tempFolder } from './temp-folder.ts';

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'nothing was thrown';
}

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('readSource', () => {
  it('gives text, hash of the raw bytes, size, permission bits and the number of other names', () => {
    const folder = tempFolder({ 'a.ts': 'const a = "ü";\n' });
    chmodSync(join(folder, 'a.ts'), 0o640);
    const raw = bytesOf('const a = "ü";\n');
    expect(readSource(join(folder, 'a.ts'))).toEqual({
      path: join(folder, 'a.ts'),
      text: 'const a = "ü";\n',
      hash: createHash('sha256').update(raw).digest('hex'),
      bom: false,
      eol: 'lf',
      finalNewline: true,
      bytes: raw.length,
      mode: 0o640,
      otherNames: 0,
    });
  });

  it('follows symbolic links', () => {
    const folder = tempFolder({ 'a.ts': 'a' });
    symlinkSync('a.ts', join(folder, 'b.ts'));
    expect(readSource(join(folder, 'b.ts')).text).toBe('a');
  });

  it('reads an empty file', () => {
    const folder = tempFolder({ 'a.ts': '' });
    expect(readSource(join(folder, 'a.ts'))).toMatchObject({ text: '', bytes: 0, eol: 'lf', finalNewline: false });
  });

  it('reads a file of exactly the limit and refuses one byte more, naming path and both sizes', () => {
    const folder = tempFolder({ 'a.ts': 'x'.repeat(1000), 'b.ts': 'x'.repeat(1001) });
    expect(readSource(join(folder, 'a.ts'), { maximumBytes: 1000 }).bytes).toBe(1000);
    const read = (): unknown => readSource(join(folder, 'b.ts'), { maximumBytes: 1000 });
    expect(codeOf(read)).toBe('E_FILE_TOO_LARGE');
    expect(read).toThrow(`${join(folder, 'b.ts')}: 1,001 bytes or more, the limit is 1,000`);
  });

  it.runIf(process.platform === 'linux')('stops at the limit when a file claims to be empty but is not', () => {
    expect(readSource('/proc/self/status').text).toContain('Pid:');
    expect(codeOf(() => readSource('/proc/self/status', { maximumBytes: 10 }))).toBe('E_FILE_TOO_LARGE');
  });

  it.each([
    ['missing.ts', 'E_FILE_NOT_FOUND'],
    ['a.ts/below', 'E_FILE_NOT_FOUND'],
    ['nul\0.ts', 'E_FILE_NOT_FOUND'],
    [`${'long'.repeat(100)}.ts`, 'E_FILE_NOT_FOUND'],
    ['folder', 'E_FILE_NOT_READABLE'],
    ['loop', 'E_FILE_NOT_READABLE'],
  ])('refuses %j with %s', (name, code) => {
    const folder = tempFolder({ 'a.ts': 'a', 'folder/x': 'x' });
    symlinkSync('loop', join(folder, 'loop'));
    expect(codeOf(() => readSource(join(folder, name)))).toBe(code);
    expect(() => readSource(join(folder, name))).toThrow(join(folder, name));
  });

  it.skipIf(process.platform === 'win32')('refuses a FIFO at once, although nobody writes to it', () => {
    const fifo = join(tempFolder(), 'fifo.ts');
    spawnSync('mkfifo', [fifo]);
    expect(() => readSource(fifo)).toThrow(`${fifo}: is a FIFO, not a file`);
  });

  it.skipIf(process.platform === 'win32')('refuses sockets and devices', async () => {
    const socket = join(tempFolder(), 's.ts');
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    expect(() => readSource(socket)).toThrow('is a socket, not a file');
    expect(() => readSource('/dev/zero')).toThrow('is a device, not a file');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('refuses what it may not read', () => {
    const folder = tempFolder({ 'a.ts': 'a' });
    chmodSync(join(folder, 'a.ts'), 0);
    expect(codeOf(() => readSource(join(folder, 'a.ts')))).toBe('E_FILE_NOT_READABLE');
  });
});

describe('decodeSource', () => {
  it('takes one byte order mark off and remembers it', () => {
    expect(decodeSource(bytesOf('\ufeffa'), 'x')).toMatchObject({ text: 'a', bom: true, bytes: 4 });
    expect(decodeSource(bytesOf('\ufeff\ufeffa'), 'x')).toMatchObject({ text: '\ufeffa', bom: true });
  });

  it.each([
    ['a\nb', 'lf', false],
    ['ab', 'lf', false],
    ['a\r\nb\r\n', 'crlf', true],
    ['a\rb\r', 'cr', true],
    ['a\r\nb\n', 'mixed', true],
    ['a\n\rb', 'mixed', false],
    ['a\u2028', 'lf', false],
  ])('sees the line ends of %j', (text, eol, finalNewline) => {
    expect(decodeSource(bytesOf(text), 'x')).toMatchObject({ text, eol, finalNewline });
  });

  it.each([
    ['a bare continuation byte', [0x61, 0x0a, 0x80], 2, 2],
    ['an overlong form', [0xc0, 0xaf], 0, 1],
    ['an encoded lone surrogate', [0x0a, 0x0a, 0xed, 0xa0, 0x80], 2, 3],
    ['a character cut off at the end', [0x61, 0xe2, 0x82], 1, 1],
    ['a code point above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 0, 1],
    ['Latin-1', [...Buffer.from('const ü = 1', 'latin1')], 6, 1],
  ])('refuses %s and says where', (_what, bytes, byteOffset, line) => {
    const decode = (): unknown => decodeSource(Uint8Array.from(bytes), 'x.ts');
    expect(codeOf(decode)).toBe('E_FILE_NOT_TEXT');
    expect(decode).toThrow(`x.ts: not valid UTF-8 at byte offset ${byteOffset} (line ${line})`);
  });

  it('refuses NUL bytes and UTF-16', () => {
    expect(() => decodeSource(bytesOf('a\0b'), 'x.ts')).toThrow('x.ts: holds a NUL byte at offset 1');
    expect(() => decodeSource(Buffer.from('\ufeffab', 'utf16le'), 'x.ts')).toThrow('x.ts: is UTF-16');
  });

  it('refuses more bytes than allowed', () => {
    expect(codeOf(() => decodeSource(bytesOf('abc'), 'x', { maximumBytes: 2 }))).toBe('E_FILE_TOO_LARGE');
  });

  it('gives back every well-formed text exactly', () => {
    const text = fc.string({ unit: 'binary' }).filter((each) => !each.includes('\0'));
    fc.assert(
      fc.property(text, fc.boolean(), (content, bom) => {
        const bytes = bytesOf((bom ? '\ufeff' : '') + content);
        const source = decodeSource(bytes, 'x');
        expect(bytesOf((source.bom ? '\ufeff' : '') + source.text).equals(bytes)).toBe(true);
      }),
    );
  });

  it('names the first bad byte of any damaged text, or accepts it when it is still UTF-8', () => {
    const parts = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(parts, fc.nat(), fc.integer({ min: 1, max: 255 }), (words, place, byte) => {
        const bytes = bytesOf(words.join('').replaceAll('\0', ''));
        fc.pre(bytes.length > 0);
        bytes[place % bytes.length] = byte;
        try {
          decodeSource(bytes, 'x');
        } catch (error) {
          const { byteOffset } = (error as { data: { byteOffset?: number } }).data;
          if (byteOffset === undefined) return; // looks like UTF-16
          const decoder = new TextDecoder('utf-8', { fatal: true });
          expect(() => decoder.decode(bytes.subarray(0, byteOffset))).not.toThrow();
          const replaced = new TextDecoder().decode(bytes.subarray(byteOffset));
          expect(replaced.startsWith('\ufffd')).toBe(true);
        }
      }),
    );
  });
});
