import { BoosterError } from '../../shared/errors.ts';
import { JsonDocument } from './json-document.ts';
import type { Schema } from './read-schema.ts';
import { isValid, sampleValue } from './sample-value.ts';

/** @throws BoosterError E_GENERATE_INPUT, E_GENERATE_OPTION */
export function sampleOfRequest(schema: Schema, given: string): unknown {
  if (given === '') {
    const made = sampleValue(schema);
    if (made !== undefined) return made.value;
    throw new BoosterError(
      'E_GENERATE_OPTION',
      'no valid value could be made from the schema: give one with --set sample=…, e.g. sample=\'{"id":1}\'',
    );
  }
  const { value } = new JsonDocument({ name: '--set sample', text: given });
  if (isValid(schema, value)) return value;
  throw new BoosterError('E_GENERATE_OPTION', 'sample is no valid value of the schema');
}
