import { LineCounter, parseDocument } from 'yaml';
import { BoosterError } from '../../shared/errors.ts';
import type { GeneratorInput } from '../generator.ts';
import { isObject } from '../schema/json-value.ts';
import type { JsonObject } from '../schema/json-value.ts';

/** Values nest no deeper in what is read here: options, and their keys. */
const deepest = 8;

/**
 * A YAML text whose values are texts, lists and maps: no other types, tags or aliases.
 * @param firstLine of the text in its file, from 1
 * @throws BoosterError E_GENERATE_TEMPLATE with file and line
 */
export function readYaml({ name, text }: GeneratorInput, firstLine = 1): JsonObject {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: true,
    lineCounter: lines,
    prettyErrors: false,
  });
  const [error] = [...document.errors, ...document.warnings];
  const refuse = (line: number, what: string): never => {
    const at = `${name}:${String(line + firstLine - 1)}`;
    throw new BoosterError('E_GENERATE_TEMPLATE', `${at}: ${what}`, { path: name });
  };
  if (error !== undefined) {
    const hint = text.includes('{{') ? '; a value that begins with {{ stands in quotes' : '';
    return refuse(lines.linePos(error.pos[0]).line, `no YAML: ${error.message.split('\n', 1)[0] ?? ''}${hint}`);
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return refuse(1, 'aliases are not read');
  }
  if (value === null) return {};
  if (!isObject(value)) return refuse(1, 'must be keys and values');
  if (isDeeper(value, deepest)) return refuse(1, `nested more than ${String(deepest)} levels deep`);
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
