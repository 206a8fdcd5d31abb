import { generateCode } from '../app/generate-code.ts';
import type { GenerateCodeOptions, GeneratedCode } from '../app/generate-code.ts';
import { loadGenerators } from '../app/load-generators.ts';
import { asBoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';

/** What to generate: by the name of a generator, or by a description; see `generateCode`. */
export interface GenerateInput extends Omit<GenerateCodeOptions, 'input'> {
  /** Text of the input, e.g. a JSON Schema, or the same as an object. */
  readonly input?: string | object;
}

/** Generated code, or why there is none. Nothing is written. */
export type GeneratedTask =
  | (GeneratedCode & { readonly status: 'generated' })
  | {
      readonly status: 'refused';
      readonly refusal: {
        readonly code: ErrorCode;
        readonly message: string;
        /** When the generator is not clear: those that come nearest, else all. */
        readonly candidates?: readonly string[];
      };
    };

/** Codes that say that it is not clear which generator is meant. */
const unclearCodes: readonly ErrorCode[] = ['E_GENERATE_UNCLEAR', 'E_GENERATE_UNKNOWN'];

/** Generates code; a request that no generator can fulfil as it stands is refused. @throws BoosterError E_INTERNAL */
export async function generateTask({ input, ...options }: GenerateInput): Promise<GeneratedTask> {
  const text = typeof input === 'object' ? JSON.stringify(input) : input;
  try {
    const generated = await generateCode({ ...options, ...(text === undefined ? {} : { input: text }) });
    return { status: 'generated', ...generated };
  } catch (cause) {
    const { code, message, data } = asBoosterError(cause);
    // a wrong extension is E_CLI_USAGE: the words are of the command line, the fault is in the request
    if (!code.startsWith('E_GENERATE_') && code !== 'E_CLI_USAGE') throw cause;
    const refusal = { code, message };
    if (!unclearCodes.includes(code)) return { status: 'refused', refusal };
    return { status: 'refused', refusal: { ...refusal, candidates: await candidatesOf(data) } };
  }
}

async function candidatesOf({ candidates, near }: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const named = (candidates ?? near ?? []) as readonly string[];
  return named.length > 0 ? named : (await loadGenerators()).map(({ meta }) => meta.id);
}
