import { BoosterError } from '../../shared/errors.ts';
import type { GenerateFlags } from './generate-options.ts';

/** What the arguments of `booster generate` ask for, once they make sense together. */
export type GeneratePlan =
  | { readonly kind: 'list' }
  | { readonly kind: 'show'; readonly generator: string }
  | {
      readonly kind: 'code' | 'files';
      readonly mode: 'preview' | 'check' | 'write';
      readonly what: { readonly generator: string } | { readonly description: string };
      readonly name?: string;
      readonly options: Readonly<Record<string, string>>;
    };

/** @throws BoosterError E_CLI_USAGE */
export function planGenerate(generator: string, name: string | undefined, flags: GenerateFlags): GeneratePlan {
  if (generator === 'list' || generator === 'show') return planLookUp(generator, name, flags);
  const mode = flags.write ? 'write' : flags.check ? 'check' : 'preview';
  if (flags.out === '') throw usage('--out: an empty path names no file');
  if (flags.input === '') throw usage('--input: an empty path names no file');
  if (flags.into === '') throw usage('--into: an empty path names no file');
  return {
    kind: (flags.out ?? flags.into) === undefined ? 'code' : 'files',
    mode,
    what: /\s/.test(generator.trim()) ? { description: generator } : { generator },
    ...(name === undefined ? {} : { name }),
    options: readSettings(flags.set ?? []),
  };
}

/**
 * What only generators or only templates take.
 * @throws BoosterError E_CLI_USAGE
 */
export function checkTarget(
  isTemplate: boolean,
  { kind, mode }: { readonly kind: string; readonly mode: string },
  flags: GenerateFlags,
): void {
  if (isTemplate) {
    const given = (['out', 'into', 'input'] as const).find((key) => flags[key] !== undefined);
    if (given === 'input') throw usage('a template takes no --input: give its values with --set');
    if (given !== undefined) throw usage(`a template says itself where its files go: leave out --${given}`);
  } else if (kind === 'code' && mode !== 'preview') {
    throw usage(`where to? --${mode} needs --out <file> or --into <file>`);
  } else if (kind === 'code' && flags.keep !== undefined) {
    throw usage('--keep settles what a file holds: give --out <file> or --into <file>');
  }
}

function planLookUp(kind: 'list' | 'show', name: string | undefined, flags: GenerateFlags): GeneratePlan {
  const { input, out, into, set, write, check, force, keep } = flags;
  const all = { input, out, into, set, write, check, force, keep };
  const given = Object.entries(all).find(([, value]) => value !== undefined);
  if (given !== undefined) throw usage(`generate ${kind} generates nothing: leave out --${given[0]}`);
  if (kind === 'show') {
    if (name === undefined) throw usage('which generator? booster generate show <generator>');
    return { kind, generator: name };
  }
  if (name !== undefined) throw usage(`generate list takes no name; did you mean \`generate show ${name}\`?`);
  return { kind };
}

function readSettings(settings: readonly string[]): Record<string, string> {
  const options = new Map<string, string>();
  for (const setting of settings) {
    const at = setting.indexOf('=');
    if (at < 1) throw usage(`--set ${JSON.stringify(setting)}: write key=value`);
    const key = setting.slice(0, at);
    if (options.has(key)) throw usage(`--set ${key} is given twice`);
    options.set(key, setting.slice(at + 1));
  }
  return Object.fromEntries(options);
}

function usage(message: string): BoosterError {
  return new BoosterError('E_CLI_USAGE', message);
}
