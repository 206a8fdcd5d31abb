import { fullFormats } from 'ajv-formats/dist/formats.js';
import { describe, expect, it } from 'vitest';
import { generateCode } from '../../../src/app/generate-code.ts';
import { rewrittenFormats } from './format-texts.ts';
import { compareFormats } from './format-verdicts.ts';
import { loadModule } from './judge-code.ts';

describe('formats with faster checks', async () => {
  const compare = await compareFormats();

  it.each(rewrittenFormats)('%s judges as ajv with ajv-formats does', (format) => {
    const seen = compare(format, 2000);
    expect([seen.true > 50, seen.false > 50]).toEqual([true, true]);
  });
});

it('knows every day of four hundred years, and no others', async () => {
  const schema = { type: 'object', properties: { on: { type: 'string', format: 'date' } } };
  const { files } = await generateCode({ generator: 'validator', name: 'Day', input: JSON.stringify(schema) });
  const validateDay = (await loadModule(files[0]!.contents))['validateDay']!;
  const { validate } = fullFormats.date as { readonly validate: (text: string) => boolean };
  const two = (value: number): string => String(value).padStart(2, '0');
  const wrong: string[] = [];
  let days = 0;
  for (let year = 1700; year < 2100; year += 1)
    for (let month = 0; month < 14; month += 1)
      for (let day = 0; day < 33; day += 1) {
        const on = `${String(year)}-${two(month)}-${two(day)}`;
        const verdict = validateDay({ on });
        if (verdict) days += 1;
        if (verdict !== validate(on)) wrong.push(on);
      }
  expect([wrong, days]).toEqual([[], 146_097]);
});
