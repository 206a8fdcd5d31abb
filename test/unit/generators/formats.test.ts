import { describe, expect, it } from 'vitest';
import { rewrittenFormats } from './format-texts.ts';
import { compareFormats } from './format-verdicts.ts';

describe('formats with faster checks', async () => {
  const compare = await compareFormats();

  it.each(rewrittenFormats)('%s judges as ajv with ajv-formats does', (format) => {
    const seen = compare(format, 2000);
    expect([seen.true > 50, seen.false > 50]).toEqual([true, true]);
  });
});
