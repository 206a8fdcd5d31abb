import { unknownGenerator } from '../run-generator.ts';
import { BoosterError, isBoosterError } from '../../shared/errors.ts';
import { loadGenerators } from '../load-generators.ts';
import { pickGenerator } from '../pick-generator.ts';
import type { TemplateRequest } from './generate-from-template.ts';
import { ProjectTemplates } from './project-templates.ts';
import type { ProjectTemplate } from './project-templates.ts';

interface Wanted {
  readonly what: { readonly generator: string } | { readonly description: string };
  readonly name?: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * The template of the project that is asked for, by its name or by a description; `undefined` when it is a generator that is asked for.
 * @throws BoosterError E_GENERATE_UNKNOWN, E_GENERATE_UNCLEAR, E_GENERATE_TEMPLATE, E_FILE_*
 */
export async function findTemplate({ what, name, options }: Wanted, cwd: string): Promise<TemplateRequest | undefined> {
  const generators = await loadGenerators();
  const templates = new ProjectTemplates(cwd);
  if ('generator' in what) {
    if (generators.some(({ meta }) => meta.id === what.generator)) return undefined;
    const names = templates.names();
    if (!names.includes(what.generator)) {
      throw unknownGenerator(what.generator, [...generators.map(({ meta }) => meta.id), ...names]);
    }
    const template = await templates.read(what.generator);
    return { template, options, ...(name === undefined ? {} : { name }) };
  }
  const names = templates.names();
  if (names.length === 0) return undefined;
  const read: ProjectTemplate[] = [];
  for (const each of names) read.push(await readMeant(templates, each));
  const picked = pickGenerator(what.description, [
    ...generators.map(({ meta }) => meta),
    ...read.map(({ meta }) => meta),
  ]);
  const template = read.find(({ meta }) => meta.id === picked.generator);
  if (template === undefined) return undefined;
  const called = name ?? picked.name;
  return {
    template,
    options: { ...picked.options, ...options },
    picked: picked.evidence,
    ...(called === undefined ? {} : { name: called }),
  };
}

/** A template that cannot be read could be the one that a description means. */
async function readMeant(templates: ProjectTemplates, name: string): Promise<ProjectTemplate> {
  try {
    return await templates.read(name);
  } catch (error) {
    if (!isBoosterError(error) || error.code !== 'E_GENERATE_TEMPLATE') throw error;
    const message = `${error.message}; a description could mean it, so mend it, or name what is to be generated`;
    throw new BoosterError(error.code, message, error.data, error);
  }
}
