import { generatorNamed } from '../../app/generate-code.ts';
import { loadGenerators } from '../../app/load-generators.ts';
import type { GeneratorMeta, OptionSpec } from '../../generators/generator.ts';
import { schemaVersion } from '../reporters/json-entries.ts';
import { tableText } from '../table-text.ts';
import type { Terminal } from '../terminal.ts';
import { wrapLine } from '../visible-text.ts';

type LookUp = { readonly kind: 'list' } | { readonly kind: 'show'; readonly generator: string };

/**
 * The text of `booster generate list` and `booster generate show <generator>`.
 * @throws BoosterError E_GENERATE_UNKNOWN
 */
export async function lookUpGenerators(plan: LookUp, isJson: boolean, terminal: Terminal): Promise<string> {
  const generators = await loadGenerators();
  if (plan.kind === 'list') {
    const metas = generators.map(({ meta }) => meta);
    return isJson ? json({ generators: metas.map(entryOf) }) : listText(metas, terminal);
  }
  const { meta } = generatorNamed(generators, plan.generator);
  return isJson ? json({ generator: entryOf(meta) }) : showText(meta, terminal);
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

function showText(meta: GeneratorMeta, { paint, isTTY, columns }: Terminal): string {
  const flow = (text: string): string => (isTTY ? wrapLine(text, columns, '  ') : text);
  const rows = [
    `name${meta.name.required ? '' : ' (optional)'}: ${meta.name.summary}`,
    meta.input === undefined
      ? 'input: none'
      : `--input${meta.input.required ? '' : ' (optional)'}: ${meta.input.summary}`,
    `--out: ${meta.extensions.map((extension) => `.${extension}`).join(', ')}`,
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
  const rest = standard === undefined ? 'must be given' : `default ${standard}`;
  return `--set ${name}=…: ${summary}${choices} (${rest})`;
}
