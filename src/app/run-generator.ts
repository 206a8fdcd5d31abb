import { basename, dirname, extname } from 'node:path';
import { suggest } from '../config/suggest.ts';
import type {
  DeclaredType,
  GeneratorEntry,
  GeneratorMeta,
  GeneratorTarget,
  OptionSpec,
} from '../generators/generator.ts';
import { kebabCase } from '../generators/identifier.ts';
import { BoosterError } from '../shared/errors.ts';
import { explainPick } from './explain-pick.ts';
import { loadGenerators } from './load-generators.ts';
import { pickGenerator } from './pick-generator.ts';
import type { PickedGenerator } from './pick-generator.ts';

/** What a generator is asked for. */
export interface RunGeneratorOptions {
  /** As `booster generate list` names it; or give a `description`. */
  readonly generator?: string;
  /** Picks the generator by its declared keywords, and refuses when that is not clear. */
  readonly description?: string;
  /** What the code is to be called, e.g. `User`; most generators want one. */
  readonly name?: string;
  /** Text of the input, e.g. a JSON Schema. */
  readonly input?: string;
  /** Names the input in messages; default `input`. */
  readonly inputName?: string;
  /** Type that the input exports, when `inputName` is a TypeScript file; default: `name`. */
  readonly inputType?: string;
  /** Absolute folder that `inputName` and `filename` are relative to: what TypeScript files import is read from there. */
  readonly cwd?: string;
  /** Text of the input at the commit that `options.against` names by `git:<revision>`. */
  readonly earlier?: string;
  /** As with `--set`. */
  readonly options?: Readonly<Record<string, string>>;
  /** Path of the main file; default: named after `name`. Nothing is read or written there. */
  readonly filename?: string;
}

export interface GeneratedContents {
  /** Relative to where `filename` is; of a template, to `project`, and absolute above it. */
  readonly path: string;
  /** The whole file, as it is to be. */
  readonly contents: string;
  /** Of a template, which is compared with the files of the project: changes by hand are kept in what is `merged`. */
  readonly status?: 'new' | 'changed' | 'merged' | 'unchanged';
}

export interface GeneratedCode {
  readonly generator: string;
  /** Version of the generator: another one may give other bytes for the same request. */
  readonly version: number;
  /** Whether the code may stand in a file among other code. */
  readonly into: boolean;
  /** The main file first. */
  readonly files: readonly GeneratedContents[];
  /** What the result rests on. */
  readonly evidence: readonly string[];
}

/**
 * Generates code; the same options give the same bytes. Nothing is written.
 * @throws BoosterError E_GENERATE_* (unknown generator, bad name, option or input, with the place), E_CLI_USAGE
 */
export async function runGenerator(options: RunGeneratorOptions): Promise<GeneratedCode> {
  const generators = await loadGenerators();
  const picked = pickedOf(options, generators);
  const { meta, load } = generatorNamed(generators, picked.generator);
  const { name = picked.name, input, inputName = 'input' } = options;
  const values = explainPick(picked.evidence, () => {
    requireParts(meta, name, input);
    return readOptions(meta, { ...picked.options, ...options.options });
  });
  const { folder, target } = targetOf(meta, { ...options, ...(name === undefined ? {} : { name }) }, values);
  const declared = await declaredOf(options, meta, name);
  const generate = await load();
  const { files, evidence } = await generate({
    options: values,
    target,
    ...(declared === undefined ? {} : { declared }),
    ...(name === undefined ? {} : { name }),
    ...(input === undefined ? {} : { input: { name: inputName, text: input.replace(/^\uFEFF/, '') } }),
    ...(options.earlier === undefined ? {} : { earlier: { name: inputName, text: options.earlier } }),
  });
  return {
    generator: meta.id,
    version: meta.version,
    into: meta.into,
    files: files.map((file) => ({ path: folder + file.name, contents: file.text })),
    evidence: picked.evidence === undefined ? evidence : [picked.evidence, ...evidence],
  };
}

/** @throws BoosterError E_GENERATE_NAME, E_GENERATE_INPUT: what the generator needs is missing, or is there without need */
function requireParts(meta: GeneratorMeta, name: string | undefined, input: string | undefined): void {
  if (name === undefined && meta.name.required) {
    const message = `${meta.id} needs a name: ${meta.name.summary} (e.g. ${meta.example})`;
    throw new BoosterError('E_GENERATE_NAME', message);
  }
  if (input === undefined && meta.input?.required === true) {
    throw new BoosterError('E_GENERATE_INPUT', `${meta.id} needs an input: ${meta.input.summary}`);
  }
  if (input !== undefined && meta.input === undefined) {
    throw new BoosterError('E_GENERATE_INPUT', `${meta.id} takes no input`);
  }
}

/** The type that the input declares, for generators that read TypeScript. */
async function declaredOf(
  { input, inputName = '', inputType, cwd }: RunGeneratorOptions,
  { types }: GeneratorMeta,
  name: string | undefined,
): Promise<DeclaredType | undefined> {
  const isDeclaring = types === true && /\.[cm]?tsx?$/i.test(inputName);
  const type = inputType ?? name;
  if (!isDeclaring || input === undefined || type === undefined || cwd === undefined) return undefined;
  const { readTypeInput } = await import('./type-input.ts');
  return readTypeInput({ cwd, path: inputName, text: input.replace(/^\uFEFF/, ''), type });
}

type Picked = Omit<PickedGenerator, 'evidence'> & { readonly evidence?: string };

function pickedOf(options: RunGeneratorOptions, generators: readonly GeneratorEntry[]): Picked {
  const wanted = wantedOf(options);
  if ('generator' in wanted) return { generator: wanted.generator, options: {} };
  return pickGenerator(
    wanted.description,
    generators.map(({ meta }) => meta),
  );
}

/** @throws BoosterError E_CLI_USAGE: neither a generator nor a description is given, or both */
export function wantedOf({
  generator,
  description,
}: RunGeneratorOptions): { readonly generator: string } | { readonly description: string } {
  if (description === undefined) {
    if (generator === undefined) throw new BoosterError('E_CLI_USAGE', 'give a generator or a description');
    return { generator };
  }
  if (generator !== undefined) throw new BoosterError('E_CLI_USAGE', 'give a generator or a description, not both');
  return { description };
}

/** @throws BoosterError E_GENERATE_UNKNOWN with the nearest ones */
function generatorNamed(generators: readonly GeneratorEntry[], id: string): GeneratorEntry {
  const found = generators.find(({ meta }) => meta.id === id);
  if (found !== undefined) return found;
  throw unknownGenerator(
    id,
    generators.map(({ meta }) => meta.id),
  );
}

/** @param ids of all there are */
export function unknownGenerator(id: string, ids: readonly string[]): BoosterError {
  const near = suggest(id, ids);
  const hint = near.length === 0 ? `known are ${ids.join(', ')}` : `did you mean ${near.join(' or ')}?`;
  const message = `unknown generator ${JSON.stringify(id.slice(0, 60))}; ${hint}`;
  return new BoosterError('E_GENERATE_UNKNOWN', message, { near, known: ids });
}

/** All options, with their defaults. */
export function readOptions(meta: GeneratorMeta, given: Readonly<Record<string, string>>): Record<string, string> {
  const names = meta.options.map(({ name }) => name);
  for (const key of Object.keys(given)) {
    if (names.includes(key)) continue;
    const near = suggest(key, names);
    const known = names.length === 0 ? 'it has none' : `known are ${names.join(', ')}`;
    const hint = near.length === 0 ? known : `did you mean ${near.join(' or ')}?`;
    throw new BoosterError(
      'E_GENERATE_OPTION',
      `${meta.id} has no option ${JSON.stringify(key.slice(0, 60))}; ${hint}`,
    );
  }
  return Object.fromEntries(meta.options.map((spec) => [spec.name, readOption(meta, spec, given)]));
}

function readOption({ id }: GeneratorMeta, spec: OptionSpec, given: Readonly<Record<string, string>>): string {
  const { name, values, summary } = spec;
  const value = Object.hasOwn(given, name) ? given[name] : spec.default;
  const choices = values === undefined ? '' : `: one of ${values.join(', ')}`;
  if (value === undefined) {
    throw new BoosterError('E_GENERATE_OPTION', `${id} needs --set ${name}=… (${summary}${choices})`);
  }
  if (values === undefined || values.includes(value)) return value;
  const near = suggest(value, values);
  const hint = near.length === 0 ? choices.slice(2) : `did you mean ${near.join(' or ')}?`;
  throw new BoosterError(
    'E_GENERATE_OPTION',
    `${id}: ${name}=${JSON.stringify(value.slice(0, 60))} is not known; ${hint}`,
  );
}

function targetOf(
  meta: GeneratorMeta,
  { filename, name }: RunGeneratorOptions,
  values: Readonly<Record<string, string>>,
): { readonly folder: string; readonly target: GeneratorTarget } {
  const [extension = 'ts'] = meta.extensions;
  if (filename === undefined) {
    const stem = meta.stem(kebabCase(name ?? values['kind'] ?? meta.id) || meta.id);
    return { folder: '', target: { folder: '', stem, extension } };
  }
  const given = extname(filename).slice(1);
  const stem = basename(filename, `.${given}`);
  if (!meta.extensions.includes(given) || stem.endsWith('.d')) {
    const wanted = meta.extensions.map((each) => `.${each}`).join(' or ');
    throw new BoosterError('E_CLI_USAGE', `${meta.id} writes ${wanted}, not ${JSON.stringify(basename(filename))}`);
  }
  const folder = dirname(filename);
  const isHere = folder === '.';
  return { folder: isHere ? '' : `${folder}/`, target: { folder: isHere ? '' : folder, stem, extension: given } };
}
