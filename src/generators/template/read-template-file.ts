import { suggest } from '../../config/suggest.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { GeneratorInput } from '../generator.ts';
import { MustacheText } from './mustache-text.ts';
import type { TemplateView } from './mustache-text.ts';
import { readYaml } from './read-yaml.ts';
import type { TemplateFile, TemplatePlace } from './template.ts';

const keys = ['to', 'into', 'after', 'class', 'unless'] as const;
type Key = (typeof keys)[number];

/** One file of a template, read but not filled in. */
export interface TemplateFileText {
  /** All of its texts: the values of its front matter, and the body. */
  readonly texts: readonly MustacheText[];
  /** `undefined` when its path is empty: the file is left out. */
  readonly render: (view: TemplateView) => TemplateFile | undefined;
}

/**
 * Front matter between two lines `---`, and the body behind it.
 * @throws BoosterError E_GENERATE_TEMPLATE
 */
export function readTemplateFile({ name, text }: GeneratorInput): TemplateFileText {
  const refuse = (line: number, what: string): never => {
    throw new BoosterError('E_GENERATE_TEMPLATE', `${name}:${String(line)}: ${what}`, { path: name });
  };
  const whole = text.replaceAll('\r\n', '\n');
  const [head, front = ''] = /^---\n([^]*?\n)?---(?:\n|$)/.exec(whole) ?? [];
  if (head === undefined)
    return refuse(1, 'must begin with front matter: a line ---, to: or into: with a path, a line ---');
  const bodyLine = head.split('\n').length;
  const body = new MustacheText(whole.slice(head.length), (offset) => {
    return `${name}:${String(bodyLine + whole.slice(head.length, head.length + offset).split('\n').length - 1)}`;
  });
  const values = readFront({ name, text: front }, refuse);
  const texts = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, new MustacheText(value, () => `${name}: ${key}`)]),
  ) as Partial<Record<Key, MustacheText>>;
  return {
    texts: [body, ...Object.values(texts)],
    render: (view) => {
      const filled = (key: Key): string | undefined => texts[key]?.render(view);
      const place = placeOf(filled);
      if (place === undefined) return undefined;
      const rendered = body.render(view);
      if (rendered.trim() === '' && place.into !== undefined) refuse(bodyLine, 'there is nothing to put into the file');
      return { source: name, place, body: rendered === '' || rendered.endsWith('\n') ? rendered : `${rendered}\n` };
    },
  };
}

function readFront(input: GeneratorInput, refuse: (line: number, what: string) => never): Partial<Record<Key, string>> {
  const values = readYaml(input, 2);
  for (const [key, value] of Object.entries(values)) {
    if (!(keys as readonly string[]).includes(key)) {
      const near = suggest(key, keys);
      const hint = near.length === 0 ? `known are ${keys.join(', ')}` : `did you mean ${near.join(' or ')}?`;
      refuse(1, `the front matter has the unknown key ${JSON.stringify(key)}; ${hint}`);
    }
    if (typeof value !== 'string') refuse(1, `${key}: must be a text`);
  }
  const { to, into, after, unless, class: owner } = values;
  if ((to === undefined) === (into === undefined)) refuse(1, 'the front matter says either to: or into: with a path');
  if (into === undefined && [after, owner, unless].some((value) => value !== undefined)) {
    refuse(1, 'after:, class: and unless: go with into:');
  }
  if (after !== undefined && owner !== undefined) refuse(1, 'either after: or class: says where the code goes');
  return values;
}

function placeOf(filled: (key: Key) => string | undefined): TemplatePlace | undefined {
  const [to, into] = [filled('to'), filled('into')];
  if (to !== undefined) return to.trim() === '' ? undefined : { to: to.trim() };
  if (into === undefined || into.trim() === '') return undefined;
  const [after, owner, unless] = [filled('after'), filled('class')?.trim(), filled('unless')];
  return {
    into: into.trim(),
    ...(after === undefined || after === '' ? {} : { after }),
    ...(owner === undefined || owner === '' ? {} : { owner }),
    ...(unless === undefined || unless === '' ? {} : { unless }),
  };
}
