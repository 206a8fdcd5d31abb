import { BoosterError } from '../../shared/errors.ts';
import type { GeneratorMeta, OptionSpec } from '../generator.ts';
import type { MustacheText, TemplateView } from './mustache-text.ts';
import { nameForms, requireTemplateName } from './name-forms.ts';
import { readAbout } from './read-about.ts';
import type { OptionType } from './read-about.ts';
import { readTemplateFile } from './read-template-file.ts';
import type { Template, TemplateSource } from './template.ts';

/**
 * Reads a template. Its options are those that `template.yaml` declares; without any, those that its texts name.
 * @throws BoosterError E_GENERATE_TEMPLATE with file and line
 */
export function readTemplate({ name, about, files }: TemplateSource): Template {
  const said = about === undefined ? undefined : readAbout(about);
  const read = files.map(readTemplateFile);
  if (read.length === 0) throw new BoosterError('E_GENERATE_TEMPLATE', `the template ${name} has no files`);
  const texts = read.flatMap((file) => file.texts);
  const declared = said?.options ?? [];
  const options = declared.length > 0 ? declared : optionsOf(texts);
  refuseUndeclared(texts, options);
  const takesName = texts.some((text) => [...text.names().keys()].some((each) => Object.hasOwn(nameForms, each)));
  const meta: GeneratorMeta = {
    id: name,
    version: 1,
    summary: said?.summary ?? 'a template of this project',
    notWhen: said?.notWhen ?? 'the template does not say',
    name: {
      summary: takesName ? 'what the template calls name, pascalName, …' : 'has no meaning here',
      required: takesName,
    },
    options,
    extensions: [],
    stem: (stem) => stem,
    into: true,
    keywords: [name, ...(said?.keywords ?? [])],
    example: `booster generate ${name}${takesName ? ' Name' : ''}${options.flatMap(exampleOf).join('')}`,
  };
  return {
    meta,
    render: (given, values) => {
      if (given !== undefined) requireTemplateName(given);
      if (given !== undefined && !takesName) {
        throw new BoosterError(
          'E_GENERATE_NAME',
          `the template ${name} uses no name; leave ${JSON.stringify(given)} out`,
        );
      }
      const view = viewOf(given, values, said?.types ?? new Map());
      return read.flatMap((file) => file.render(view) ?? []);
    },
  };
}

function exampleOf({ name, default: standard }: OptionSpec): string[] {
  return standard === undefined ? [` --set ${name}=…`] : [];
}

/** Every name that is no form of the name, as a text that must be given. */
function optionsOf(texts: readonly MustacheText[]): OptionSpec[] {
  const names = new Set(
    texts.flatMap((text) => [...text.names().keys()]).filter((each) => !Object.hasOwn(nameForms, each)),
  );
  return [...names].sort().map((name) => ({ name, summary: 'a text that the template names' }));
}

function refuseUndeclared(texts: readonly MustacheText[], options: readonly OptionSpec[]): void {
  const known = new Set([...Object.keys(nameForms), ...options.map(({ name }) => name)]);
  const forms = Object.keys(nameForms).join(', ');
  for (const text of texts) {
    for (const [name, { offset }] of text.names()) {
      if (!/^[A-Za-z][\w-]*$/.test(name)) throw text.problem(offset, `${JSON.stringify(name)} is no name of an option`);
      if (!known.has(name)) {
        throw text.problem(offset, `${JSON.stringify(name)} is no option in template.yaml, and none of ${forms}`);
      }
    }
  }
}

function viewOf(
  name: string | undefined,
  values: Readonly<Record<string, string>>,
  types: ReadonlyMap<string, OptionType>,
): TemplateView {
  const view = Object.create(null) as Record<string, string | boolean | readonly string[]>;
  for (const [form, make] of Object.entries(nameForms)) if (name !== undefined) view[form] = make(name);
  for (const [key, value] of Object.entries(values)) {
    const type = types.get(key) ?? 'text';
    const items = value.split(',').map((item) => item.trim());
    view[key] = type === 'switch' ? value === 'true' : type === 'list' ? items.filter((item) => item !== '') : value;
  }
  return view;
}
