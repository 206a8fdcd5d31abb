import { BoosterError } from '../../shared/errors.ts';
import type { GeneratorInput } from '../generator.ts';
import { JsonDocument } from './json-document.ts';
import type { InputDocument } from './json-document.ts';
import { YamlDocument } from './yaml-document.ts';

/**
 * An input as a document: YAML when its name says so, else JSON, as most texts that are no JSON would be YAML of some kind.
 * @throws BoosterError E_GENERATE_INPUT
 */
export function openDocument(input: GeneratorInput): InputDocument {
  if (/\.ya?ml$/i.test(input.name)) return new YamlDocument(input);
  if (/\.[cm]?tsx?$/i.test(input.name)) {
    const how = `npx ts-json-schema-generator --path ${input.name} --type <name> > schema.json`;
    const message = `${input.name}: only validator reads TypeScript; make a JSON Schema of it (${how}) and give that`;
    throw new BoosterError('E_GENERATE_INPUT', message, { path: input.name });
  }
  return new JsonDocument(input);
}
