import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../../vendor/oxc-parser/', import.meta.url);

test('the vendored module is the file whose checksum its README names', () => {
  const checksum = createHash('sha256')
    .update(readFileSync(new URL('parser.wasm32-wasi.wasm', folder)))
    .digest('hex');
  expect(readFileSync(new URL('README.md', folder), 'utf8')).toContain(`\`${checksum}\``);
});

test('the vendored module comes with its licence', () => {
  expect(readFileSync(new URL('LICENSE', folder), 'utf8')).toMatch(/^MIT License/);
});
