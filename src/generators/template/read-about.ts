import { suggest } from '../../config/suggest.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { GeneratorInput, OptionSpec } from '../generator.ts';
import { isObject } from '../schema/json-value.ts';
import type { JsonObject } from '../schema/json-value.ts';
import { nameForms } from './name-forms.ts';
import { readYaml } from './read-yaml.ts';

/** Of an option of a template: a `switch` is true or false, a `list` is divided at commas. */
export type OptionType = 'text' | 'switch' | 'list';

/** What `template.yaml` says. */
export interface TemplateAbout {
  readonly summary: string;
  readonly notWhen?: string;
  readonly keywords: readonly string[];
  readonly options: readonly OptionSpec[];
  readonly types: ReadonlyMap<string, OptionType>;
}

/** @throws BoosterError E_GENERATE_TEMPLATE */
export function readAbout(input: GeneratorInput): TemplateAbout {
  const refuse = (what: string): never => {
    throw new BoosterError('E_GENERATE_TEMPLATE', `${input.name}: ${what}`, { path: input.name });
  };
  const content = readYaml(input);
  refuseUnknown(content, ['summary', 'notWhen', 'keywords', 'options'], 'the file', refuse);
  const options = content['options'] ?? {};
  if (!isObject(options)) return refuse('options: must be names with what they mean');
  const read = Object.entries(options).map(([name, value]) => readOption(name, value, refuse));
  const { notWhen } = content;
  return {
    summary: textOf(content, 'summary', refuse) ?? 'a template of this project',
    ...(notWhen === undefined ? {} : { notWhen: textOf(content, 'notWhen', refuse) ?? '' }),
    keywords: listOf(content, 'keywords', refuse).map((word) => word.toLowerCase()),
    options: read.map(({ spec }) => spec),
    types: new Map(read.map(({ spec, type }) => [spec.name, type])),
  };
}

const standardSummaries = { text: 'a text', switch: 'whether or not', list: 'a list, divided by commas' } as const;

type Refuse = (what: string) => never;

function readOption(name: string, value: unknown, refuse: Refuse): { spec: OptionSpec; type: OptionType } {
  if (!/^[A-Za-z][\w-]*$/.test(name)) refuse(`options: ${JSON.stringify(name)} is no name of an option`);
  if (Object.hasOwn(nameForms, name)) refuse(`options: ${name} is a form of the name already`);
  const of = `options.${name}`;
  if (!isObject(value)) return refuse(`${of}: must have keys, e.g. summary`);
  refuseUnknown(value, ['summary', 'values', 'default', 'type'], of, refuse);
  const type = textOf(value, 'type', refuse) ?? 'text';
  if (type !== 'text' && type !== 'switch' && type !== 'list') return refuse(`${of}.type: one of text, switch, list`);
  const given = listOf(value, 'values', refuse);
  if (given.length > 0 && type !== 'text') refuse(`${of}: only a text has values`);
  const values = type === 'switch' ? ['true', 'false'] : given;
  const standard = textOf(value, 'default', refuse);
  if (standard !== undefined && values.length > 0 && !values.includes(standard)) {
    refuse(`${of}.default: one of ${values.join(', ')}`);
  }
  const spec = {
    name,
    summary: textOf(value, 'summary', refuse) ?? standardSummaries[type],
    ...(values.length === 0 ? {} : { values }),
    ...(standard === undefined ? {} : { default: standard }),
  };
  return { spec, type };
}

function textOf(content: JsonObject, key: string, refuse: Refuse): string | undefined {
  const value = content[key];
  if (value === undefined || typeof value === 'string') return value;
  return refuse(`${key}: must be a text`);
}

function listOf(content: JsonObject, key: string, refuse: Refuse): readonly string[] {
  const value = content[key];
  if (value === undefined) return [];
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isList ? value : refuse(`${key}: must be a list of texts`);
}

function refuseUnknown(content: JsonObject, known: readonly string[], of: string, refuse: Refuse): void {
  const unknown = Object.keys(content).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const near = suggest(unknown, known);
  const hint = near.length === 0 ? `known are ${known.join(', ')}` : `did you mean ${near.join(' or ')}?`;
  refuse(`${of} has the unknown key ${JSON.stringify(unknown)}; ${hint}`);
}
