import { readExpectedHash } from '../../app/apply-item.ts';
import { languageNamed } from '../../app/apply-language.ts';
import type { SourceLanguage } from '../../engine/merge/source-language.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { ApplyFlags } from './apply-options.ts';

/** What the arguments of `booster apply` ask for, once they make sense together. */
export interface ApplyPlan {
  readonly mode: ApplyMode;
  readonly isJson: boolean;
  readonly input: ApplyInput;
}

export type ApplyMode = 'preview' | 'check' | 'write';

export type ApplyInput =
  | {
      readonly kind: 'edit';
      readonly file: string;
      /** `-` is standard input. */
      readonly editPath: string;
      readonly language?: SourceLanguage;
      /** Lower-case hex. */
      readonly expectHash?: string;
    }
  | { readonly kind: 'document' }
  | { readonly kind: 'patch'; readonly patchPath: string };

/** @throws BoosterError E_CLI_USAGE, E_APPLY_LANGUAGE */
export function planApply(file: string | undefined, flags: ApplyFlags): ApplyPlan {
  const mode = flags.write ? 'write' : flags.check ? 'check' : 'preview';
  return { mode, isJson: flags.json === true || flags.stdin === true, input: inputOf(file, flags) };
}

function inputOf(file: string | undefined, { edit, stdin, patch, language, expectHash }: ApplyFlags): ApplyInput {
  if (stdin || patch !== undefined) {
    const option = stdin ? '--stdin' : '--patch';
    if (file !== undefined) throw usage(`${option} names the files itself: leave out ${JSON.stringify(file)}`);
    if (patch === '') throw usage('--patch: an empty path names no file');
    return patch === undefined ? { kind: 'document' } : { kind: 'patch', patchPath: patch };
  }
  if (file === undefined) throw usage('which file? give it and --edit <file|->, or use --stdin or --patch');
  if (file === '') throw usage('an empty path names no file');
  if (file === '-')
    throw usage("'-' is no file to change; for code that lies in no file use --stdin with { code, edit }");
  if (edit === undefined) throw usage('where is the edit? give --edit <file>, or --edit - for standard input');
  if (edit === '') throw usage('--edit: an empty path names no file');
  return {
    kind: 'edit',
    file,
    editPath: edit,
    ...(language === undefined ? {} : { language: languageNamed(language) }),
    ...(expectHash === undefined ? {} : { expectHash: expectedHash(expectHash) }),
  };
}

function expectedHash(text: string): string {
  const hash = readExpectedHash(text);
  if (hash === undefined) throw usage('--expect-hash is not 8 to 64 hexadecimal digits');
  return hash;
}

function usage(message: string): BoosterError {
  return new BoosterError('E_CLI_USAGE', message);
}
