import { generateCode } from '../app/generate-code.ts';
import type { GenerateCodeOptions } from '../app/generate-code.ts';
import type { ApplyPool } from '../app/pool-port.ts';
import type { GeneratedCode } from '../app/run-generator.ts';
import { asBoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';

/** What to generate: by the name of a generator, or by a description; see `generateCode`. */
export interface GenerateInput extends Omit<GenerateCodeOptions, 'input' | 'pool' | 'signal'> {
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
export async function generateTask(
  { input, ...options }: GenerateInput,
  context: { readonly pool: ApplyPool; readonly signal?: AbortSignal },
): Promise<GeneratedTask> {
  const text = typeof input === 'object' ? JSON.stringify(input) : input;
  try {
    const generated = await generateCode({ ...options, ...context, ...(text === undefined ? {} : { input: text }) });
    return { status: 'generated', ...generated };
  } catch (cause) {
    const { code, message, data } = asBoosterError(cause);
    // a wrong extension is E_CLI_USAGE: the words are of the command line, the fault is in the request
    if (!/^E_(?:GENERATE_|APPLY_|CLI_USAGE)/.test(code)) throw cause;
    const refusal = { code, message };
    if (!unclearCodes.includes(code)) return { status: 'refused', refusal };
    return { status: 'refused', refusal: { ...refusal, candidates: candidatesOf(data) } };
  }
}

function candidatesOf({ candidates, near, known }: Readonly<Record<string, unknown>>): readonly string[] {
  const named = (candidates ?? near ?? []) as readonly string[];
  return named.length > 0 ? named : (known as readonly string[]);
}
