import { dirname, join, relative } from 'node:path';
import { nearestFolder } from '../../files/data-files.ts';
import { readTemplateFolder, templateNames } from '../../files/template-folder.ts';
import type { GeneratorMeta } from '../../generators/generator.ts';
import type { Template } from '../../generators/template/template.ts';
import { BoosterError, isBoosterError } from '../../shared/errors.ts';
import { loadGenerators, loadTemplateReader } from '../load-generators.ts';

/** A template as it lies in a project. */
export interface ProjectTemplate extends Template {
  /** Absolute; the paths of the template are relative to it. */
  readonly root: string;
  /** Relative to the root, e.g. `.booster/templates/component`. */
  readonly folder: string;
  /** All texts of the template: with other ones, it makes other files. */
  readonly texts: readonly string[];
}

const place = join('.booster', 'templates');

/** The templates of the project that a folder lies in: here or above, up to the root of the repository. */
export class ProjectTemplates {
  readonly #root: string | undefined;
  readonly #folder: string;

  constructor(cwd: string) {
    this.#folder = nearestFolder(cwd, place) ?? '';
    this.#root = this.#folder === '' ? undefined : dirname(dirname(this.#folder));
  }

  /** @throws BoosterError E_FILE_NOT_READABLE, E_GENERATE_TEMPLATE */
  names(): readonly string[] {
    return this.#root === undefined ? [] : templateNames(this.#folder, this.#root);
  }

  /** @throws BoosterError E_GENERATE_TEMPLATE with file and line, E_FILE_* */
  async read(name: string): Promise<ProjectTemplate> {
    const root = this.#root ?? '';
    const folder = join(this.#folder, name);
    const shown = relative(root, folder).replaceAll('\\', '/');
    if (!/^[a-z0-9][\w.-]*$/i.test(name)) {
      throw new BoosterError('E_GENERATE_TEMPLATE', `${shown}: ${JSON.stringify(name)} is no name of a template`);
    }
    const generators = await loadGenerators();
    if (generators.some(({ meta }) => meta.id === name)) {
      throw new BoosterError('E_GENERATE_TEMPLATE', `${shown}: a generator is called ${name}; rename the folder`);
    }
    const texts = readTemplateFolder(folder, root);
    const inputs = texts.map((file) => ({ name: `${shown}/${file.name}`, text: file.text }));
    const aboutName = `${shown}/template.yaml`;
    const about = inputs.find((file) => file.name === aboutName);
    const readTemplate = await loadTemplateReader();
    const template = readTemplate({
      name,
      files: inputs.filter((file) => file !== about),
      ...(about === undefined ? {} : { about }),
    });
    return { ...template, root, folder: shown, texts: texts.flatMap((file) => [file.name, file.text]) };
  }

  /** All that can be read, and why the others cannot. */
  async all(): Promise<{ readonly metas: readonly GeneratorMeta[]; readonly problems: readonly BoosterError[] }> {
    const metas: GeneratorMeta[] = [];
    const problems: BoosterError[] = [];
    for (const name of this.names()) {
      try {
        metas.push((await this.read(name)).meta);
      } catch (error) {
        if (!isBoosterError(error)) throw error;
        problems.push(error);
      }
    }
    return { metas, problems };
  }
}
