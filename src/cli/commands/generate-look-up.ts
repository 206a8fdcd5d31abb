import { unknownGenerator } from '../../app/run-generator.ts';
import { loadGenerators } from '../../app/load-generators.ts';
import { ProjectTemplates } from '../../app/template/project-templates.ts';
import type { GeneratorMeta, OptionSpec } from '../../generators/generator.ts';
import type { BoosterError } from '../../shared/errors.ts';
import { schemaVersion } from '../reporters/json-entries.ts';
import { tableText } from '../table-text.ts';
import type { Terminal } from '../terminal.ts';
import { visibleLine, wrapLine } from '../visible-text.ts';

interface LookUpContext {
  readonly isJson: boolean;
  readonly terminal: Terminal;
  readonly cwd: string;
}

type LookUp = { readonly kind: 'list' } | { readonly kind: 'show'; readonly generator: string };

/**
 * The text of `booster generate list` and `booster generate show <generator>`.
 * @throws BoosterError E_GENERATE_UNKNOWN
 */
export async function lookUpGenerators(plan: LookUp, { isJson, terminal, cwd }: LookUpContext): Promise<string> {
  const own = (await loadGenerators()).map(({ meta }) => meta);
  const templates = new ProjectTemplates(cwd);
  if (plan.kind === 'list') {
    const { metas, problems } = await templates.all();
    if (!isJson) return listText(own, terminal) + templatesText(metas, problems, terminal);
    const unusable = problems.map(({ message, code }) => ({ code, message }));
    return json({ generators: own.map(entryOf), templates: metas.map(entryOf), unusable });
  }
  const { generator } = plan;
  const builtIn = own.find(({ id }) => id === generator);
  if (builtIn !== undefined) return isJson ? json({ generator: entryOf(builtIn) }) : showText(builtIn, terminal);
  const names = templates.names();
  if (!names.includes(generator)) throw unknownGenerator(generator, [...own.map(({ id }) => id), ...names]);
  const { meta, folder } = await templates.read(generator);
  if (isJson) return json({ generator: { ...entryOf(meta), template: folder } });
  return showText(meta, terminal, folder);
}

function templatesText(
  metas: readonly GeneratorMeta[],
  problems: readonly BoosterError[],
  { paint, isTTY, columns }: Terminal,
): string {
  if (metas.length + problems.length === 0) return '';
  const rows = metas.map(({ id, summary }) => [id, summary]);
  const header = ['template of this project', 'what'];
  const table = tableText([header, ...rows], { paintHeader: paint.bold, ...(isTTY ? { columns } : {}) });
  const broken = problems.map(({ message }) => `${paint.red('cannot be used:')} ${visibleLine(message)}\n`);
  return `\n${rows.length === 0 ? '' : `${table}\n`}${broken.join('')}`;
}

function json(content: object): string {
  return `${JSON.stringify({ schemaVersion, ...content }, undefined, 2)}\n`;
}

function entryOf(meta: GeneratorMeta): Record<string, unknown> {
  const { id, version, summary, notWhen, name, input, options, extensions, example } = meta;
  return { id, version, summary, notWhen, name, input, options, extensions, example };
}

function listText(metas: readonly GeneratorMeta[], { paint, isTTY, columns }: Terminal): string {
  const rows = metas.map(({ id, summary }) => [id, summary]);
  return `${tableText([['generator', 'what'], ...rows], { paintHeader: paint.bold, ...(isTTY ? { columns } : {}) })}\n`;
}

function showText(meta: GeneratorMeta, { paint, isTTY, columns }: Terminal, folder?: string): string {
  const flow = (text: string): string => (isTTY ? wrapLine(text, columns, '  ') : text);
  const rows = [
    `name${meta.name.required ? '' : ' (optional)'}: ${meta.name.summary}`,
    meta.input === undefined
      ? 'input: none'
      : `--input${meta.input.required ? '' : ' (optional)'}: ${meta.input.summary}`,
    folder === undefined
      ? `--out: ${meta.extensions.map((extension) => `.${extension}`).join(', ')}`
      : `where its files go, it says itself: ${folder}`,
    ...meta.options.map(optionText),
  ];
  return [
    `${paint.bold(meta.id)} (version ${String(meta.version)})\n${flow(meta.summary)}\n`,
    `${rows.map((row) => `- ${flow(row)}`).join('\n')}\n`,
    `${paint.bold('Not when')}\n${flow(meta.notWhen)}\n`,
    `${paint.bold('Example')}\n${meta.example}\n`,
  ].join('\n');
}

function optionText({ name, summary, values, default: standard }: OptionSpec): string {
  const choices = values === undefined ? '' : `: ${values.join(', ')}`;
  // an empty default is one that the summary describes
  const rest = standard === undefined ? ' (must be given)' : standard === '' ? '' : ` (default ${standard})`;
  return `--set ${name}=…: ${summary}${choices}${rest}`;
}
