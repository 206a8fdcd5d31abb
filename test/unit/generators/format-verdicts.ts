import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { generateCode } from '../../../src/app/generate-code.ts';
import { formatTexts, rewrittenFormats } from './format-texts.ts';
import { loadModule } from './judge-code.ts';

const schema = {
  type: 'object',
  properties: Object.fromEntries(rewrittenFormats.map((format) => [format, { type: 'string', format }])),
};

/** Asks a compiled validator and ajv with ajv-formats about texts of a format; throws where they differ, and counts the verdicts. */
export async function compareFormats() {
  const check = new Ajv2020({ formats: fullFormats }).compile(schema);
  const { files } = await generateCode({ generator: 'validator', name: 'User', input: JSON.stringify(schema) });
  const validateUser = (await loadModule(files[0]!.contents))['validateUser']!;
  return (format: string, numRuns: number) => {
    const seen = { true: 0, false: 0 };
    const judge = fc.property(formatTexts(format), (text) => {
      const verdict = validateUser({ [format]: text });
      seen[`${verdict}`] += 1;
      return verdict === check({ [format]: text });
    });
    fc.assert(judge, { numRuns });
    return seen;
  };
}
