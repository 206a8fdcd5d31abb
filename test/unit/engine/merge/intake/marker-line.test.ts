import { describe, expect, it } from 'vitest';
import { readMarkerLine } from '../../../../../src/engine/merge/intake/marker-line.ts';

const markers = [
  '// ... existing code ...',
  '    # ... existing code ...',
  '-- ... existing code ...',
  '/* ... existing code ... */',
  '{/* ... existing code ... */}',
  '<!-- ... existing sections ... -->',
  '; ... existing code ...',
  '% ... existing code ...',
  '" ... existing code ...',
  "' ... existing code ...",
  '(* ... existing code ... *)',
  '... existing code ...',
  '… existing code …',
  '// … rest of the file …',
  '// ... rest of code ...',
  '// ... keep existing code ...',
  '// ... code remains the same',
  '// ... keep calculateTotalFunction ...',
  '// ... keep rest of code unchanged',
  '// ... rest of function ...',
  'UNCHANGED CODE',
  '// UNCHANGED CODE',
  '# ... same ...',
  '// ... existing imports ...',
  '... existing imports ...',
  '... existing logics ...',
  '// ... existing code',
  '// existing code...',
  '// ... (rest of the code remains unchanged)',
  '// ... [rest of the code remains unchanged]',
  '// ... keep existing code (getSupportedMimeType, ...)',
  '{/* ... keep existing code */}',
  '// (rest of methods ...)',
  '// (unchanged code ...)',
  '// rest of methods ...',
  '// ... existing control functions ...',
  '... existing loop and boot functions ...',
  '// ... imports ...',
  '// ... other methods',
  '// rest of the code remains unchanged',
  '// existing code here',
  '// keep existing code',
  '// ...',
  '# …',
  '/* ... */',
  ' * ... existing documentation ...',
  '// .... existing code ....',
];

const content = [
  '...rest,',
  '  ...options,',
  '...args',
  '  ...existing,',
  '...existing',
  '// TODO: keep the order',
  '// TODO ...',
  '// the rest is history',
  '// remaining bytes',
  '# same as above, but faster',
  '// Otherwise the existing entry is kept as it is, since callers rely on it',
  '// parsed number 42, so a branch hashing anything other',
  '// ... indicates that you can specify multiple values for the previous argument.',
  '/// So... we just manually handle these cases.',
  "const text = '... existing code ...';",
  "  '// ... existing code ...',",
  '"... existing code ..."',
  '#define LOG(...) log(__VA_ARGS__)',
  'return rest;',
  'const existing = code;',
  '* recommended for longs; this keeps the hash code unchanged for the common',
  '',
  '// Make a guess... Sigh.',
];

describe('readMarkerLine', () => {
  it.each(markers)('takes %j for a marker', (line) => {
    expect(readMarkerLine(line)).toBe('marker');
  });

  it.each(content)('leaves %j as content', (line) => {
    expect(readMarkerLine(line)).toBe('none');
  });

  it.each(['// rest of methods', '// existing imports', '// other methods unchanged'])(
    'does not decide on %j, which people write too',
    (line) => {
      expect(readMarkerLine(line)).toBe('unclear');
    },
  );

  it('tells three dots alone apart, which are code in some places', () => {
    expect(['...', '    ...', '…'].map(readMarkerLine)).toEqual(['ellipsis', 'ellipsis', 'ellipsis']);
  });

  it('gives up on long lines at once', () => {
    expect(readMarkerLine(`// ${'... existing '.repeat(50_000)}`)).toBe('none');
  });
});
