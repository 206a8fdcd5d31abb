import { BoosterError } from '../../shared/errors.ts';
import { JsonDocument } from './json-document.ts';
import type { Schema } from './read-schema.ts';
import { problemIn, sampleValue } from './sample-value.ts';

/** @throws BoosterError E_GENERATE_INPUT, E_GENERATE_OPTION */
export function sampleOfRequest(schema: Schema, given: string): unknown {
  if (given === '') {
    const made = sampleValue(schema);
    const problem = problemIn(schema, made);
    if (problem === undefined) return made;
    throw new BoosterError(
      'E_GENERATE_OPTION',
      `a valid value is needed, and the one made from the schema is not (${problem}): give one with --set sample=…, e.g. sample='{"id":1}'`,
    );
  }
  const { value } = new JsonDocument({ name: '--set sample', text: given });
  const problem = problemIn(schema, value);
  if (problem === undefined) return value;
  throw new BoosterError('E_GENERATE_OPTION', `sample is no valid value of the schema: ${problem}`);
}
