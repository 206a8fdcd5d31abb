import fc from 'fast-check';

/** Of each format: texts that it accepts, and pieces that texts near it are made of. */
const materials: Readonly<Record<string, { readonly good: readonly string[]; readonly pieces: readonly string[] }>> = {
  date: {
    good: ['2024-02-29', '1900-02-28', '2000-02-29', '0000-02-29', '2023-12-31', '9999-04-30', '0004-02-29'],
    pieces: ['2024', '1900', '2100', '0000', '-', '02', '29', '30', '31', '00', '13', '12', '4', '1'],
  },
  time: {
    good: ['10:00:00Z', '23:59:60Z', '00:59:60+01:00', '23:59:59.999999999999999999Z', '10:00:00.5z', '10:00:00+0130'],
    pieces: ['10', '23', '24', '59', '60', ':', '.', '5', '999999999999999999', 'Z', 'z', '+', '-', '01', '00'],
  },
  'iso-time': {
    good: ['10:00:00', '23:59:60', '23:59:59.99999999999999999', '10:00:00+23', '22:59:60-01:00'],
    pieces: ['10', '23', '24', '59', '60', ':', '.', '5', '99999999999999999', 'Z', 'z', '+', '-', '01', '00'],
  },
  'date-time': {
    good: [
      '2024-02-29T10:00:00Z',
      '2000-01-01t23:59:60z',
      '1999-12-31 00:00:00.123+01:00',
      '2024-01-31\u200310:00:00Z',
      ...['2023-04-30T10:00:00Z', '1900-12-29T23:59:59.999999999-23:59', '2000-02-29 00:00:00z'],
    ],
    pieces: [
      '2024-02-29',
      '2023-02-29',
      '2023-06-31',
      '2023-01-00',
      '39',
      'T',
      't',
      ' ',
      '\u2028',
      '10:00:00',
      '23:59:60',
      '.5',
      'Z',
      '+01:00',
      '-',
    ],
  },
  'iso-date-time': {
    good: [
      '2024-02-29T10:00:00',
      '2000-01-01t23:59:60',
      '1999-12-31 00:00:00.12345678901',
      '2024-01-31\ufeff10:00:00Z',
    ],
    pieces: ['2024-02-29', '2023-02-29', 'T', 't', ' ', '\u00a0', '10:00:00', '23:59:60', '.5', 'Z', '+01:00', '-'],
  },
  duration: {
    good: ['P1D', 'P3Y6M4DT12H30M5S', 'PT36H', 'P2W', 'P1Y', 'PT5M', 'P0D', 'P1YT1S'],
    pieces: ['P', 'T', '1', '23', 'Y', 'M', 'D', 'W', 'H', 'S', 'p', '.'],
  },
  uri: {
    good: [
      ...['http://a.b/c?d#e', 'urn:x:y', 'mailto:a@b.c', 'http://u:p@[::1]:80/x', 'HTTP://X', 'a:///', 'a://u"@h/x'],
      ...['http://[v1.x]/', 'a:/"', 'x:%20', 'http://[1:2:3:4:5:6:7.8.9.10]/?[', 'a+b-c.d:e', 'a:b?c?d/e#f?g/h'],
    ],
    pieces: 'abcAZ09:/?#[]@%+-._~!$&\'"()*,;=<>{}|\\^` '
      .split('')
      .concat('://', '%2F', '%G0', '[::1]', '[v1.a]', '127.0.0.1', '::'),
  },
  'uri-reference': {
    good: ['', '/x', 'http://a', '#x', '//[::1]/', 'a/b:c', '?q', 'x:', '//u"@h', '%20', '//[v9.~]:1/a"'],
    pieces: 'aZ0:/?#[]@%+-._"<>^ '.split('').concat('://', '%2F', '%G0', '[::1]', '[v1.a]', '127.0.0.1', '::'),
  },
  email: {
    good: [
      ...['a@b.c', 'first.last+tag@mail.example-host.com', "!#$%&'*+/=?^_`{|}~-@x.y", 'A@B--C.D', '1@2.3'],
      ...['-a.-@9.z--9.Z', "o'neil@x-1.y-2.z-3", 'a.b.c.d@e.f.g.h'],
    ],
    pieces: 'aZ09.@-_+!"(),:;<>[\\]`{|}~^\'/= '.split('').concat('..', '.-', '-.', 'abc', '@b.c'),
  },
  hostname: {
    good: ['a', 'a.b.', 'a-b.c--d', `${'a'.repeat(63)}.b`, `${'a.'.repeat(126)}a`, 'a.'.repeat(127), 'A.9'],
    pieces: ['a', 'Z', '0', '-', '.', '_', 'a'.repeat(31), 'b'.repeat(62), `${'c'.repeat(60)}.`, '..', '-.'],
  },
  ipv4: {
    good: ['1.2.3.4', '255.255.255.255', '0.0.0.0', '10.99.100.249', '192.168.1.250'],
    pieces: ['0', '1', '2', '5', '6', '9', '10', '25', '255', '256', '.', '01', '.0'],
  },
  ipv6: {
    good: [
      ...['::', '::1', '1::', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1::3:4:5:6:7:8', 'ABCD::ef'],
      ...['1:2:3:4:5:6:1.2.3.4', '::1.2.3.4', '1:2:3:4:5::1.2.3.4', '::2:3:4:5:6:1.2.3.4', '1::6:255.0.0.1'],
    ],
    pieces: ['0', '1', 'f', 'G', 'abcd', '12345', ':', '::', ':1', '1.2.3.4', '.', ':1:2:3', '1:2:3:4:', '%eth0'],
  },
  uuid: {
    good: [
      '123e4567-e89b-12d3-a456-426614174000',
      'urn:uuid:123E4567-E89B-12D3-A456-42661417400F',
      'URN:UUID:00000000-0000-0000-0000-000000000000',
      '00112233-4455-6677-8899-aAbBcCdDeEfF',
    ],
    pieces: ['0', 'f', 'F', 'g', '-', 'urn:uuid:', '12345678', 'abcd', 'abcd-', '123456789012'],
  },
  byte: {
    good: ['YQ==', '', 'YWJj', 'YWI=', 'YWJj\nYWJj'],
    pieces: ['Y', '9', '+', '/', '=', '==', 'YWJj', '\n', '-'],
  },
};

/** Formats whose checks are not those of ajv-formats word by word. */
export const rewrittenFormats: readonly string[] = Object.keys(materials);

const strange = ['\n', '\r', '\u017f', '\u212a', '\u0130', '\u0660', '\uff11', '\u00e9', '\ud83d', '😀', '\0', ' '];

/** Good texts, good texts with a few characters taken out, doubled, put in or changed, and pieces in any order. */
export function formatTexts(format: string): fc.Arbitrary<string> {
  const { good, pieces } = materials[format]!;
  const piece = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, fc.constantFrom(...strange));
  const change = fc.record({ at: fc.nat(40), length: fc.nat(3), put: fc.oneof(fc.constant(''), piece) });
  const damaged = fc.tuple(fc.constantFrom(...good), fc.array(change, { maxLength: 3 })).map(([text, changes]) =>
    changes.reduce((sum, { at, length, put }) => {
      const start = at % (sum.length + 1);
      return sum.slice(0, start) + put + sum.slice(start + length);
    }, text),
  );
  return fc.oneof(
    { weight: 2, arbitrary: damaged },
    fc.array(piece, { maxLength: 9 }).map((all) => all.join('')),
  );
}
