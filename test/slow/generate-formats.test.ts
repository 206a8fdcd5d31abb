import { describe, expect, it } from 'vitest';
import { rewrittenFormats } from '../unit/generators/format-texts.ts';
import { compareFormats } from '../unit/generators/format-verdicts.ts';

describe('formats with faster checks, on many texts', async () => {
  const compare = await compareFormats();

  it.each(rewrittenFormats)('%s judges as ajv with ajv-formats does', (format) => {
    expect(compare(format, 100_000).false).toBeGreaterThan(1000);
  });
});
