import { BoosterError } from '../../shared/errors.ts';
import type { GenerateRequest } from '../generator.ts';
import { TypeParser } from './type-parser.ts';

/**
 * The fast-check arbitrary for the arguments of a function: from `--set args`, else from its parameters in the input.
 * @throws BoosterError E_GENERATE_INPUT with the place
 */
export function readArguments(name: string, { options, input }: GenerateRequest): string {
  const args = options['args'] ?? '';
  if (args !== '') return argumentsOf(new TypeParser(args, '--set args'), undefined);
  if (input === undefined) {
    const what = 'give the file with the function as --input, or the types of its arguments with --set args';
    throw new BoosterError('E_GENERATE_INPUT', `no arguments are known for ${name}: ${what}`);
  }
  return argumentsOf(new TypeParser(input.text, input.name, parametersAt(name, input.text, input.name)), ')');
}

/** Offset behind the `(` of the parameters. */
function parametersAt(name: string, text: string, path: string): number {
  const escaped = name.replaceAll('$', String.raw`\$`);
  const forms = [
    String.raw`^export\s+(?:default\s+)?(?:async\s+)?function\s+${escaped}\s*\(`,
    String.raw`^export\s+const\s+${escaped}\s*=\s*(?:async\s+)?(?:function\s*)?\(`,
  ];
  for (const form of forms) {
    const matches = [...text.matchAll(new RegExp(form, 'gm'))];
    if (matches.length > 1) {
      const what = `${path}: ${name} has several signatures: write the types of the arguments with --set args`;
      throw new BoosterError('E_GENERATE_INPUT', what, { path });
    }
    const [match] = matches;
    if (match !== undefined) return match.index + match[0].length;
  }
  const what = `${path}: exports no function ${name} with plain parameters; write the types of the arguments with --set args`;
  throw new BoosterError('E_GENERATE_INPUT', what, { path });
}

/** `a: number[], b?: string` or `number[], string`; `end` closes the list. */
function argumentsOf(parser: TypeParser, end: string | undefined): string {
  const types: string[] = [];
  const isDone = (): boolean => (end === undefined ? parser.isAtEnd() : parser.take(end));
  while (!isDone()) {
    types.push(end === undefined ? parser.type() : parameter(parser));
    if (parser.take(',')) continue;
    if (!isDone()) throw parser.problem(', is missing between two arguments');
    break;
  }
  return `fc.tuple(${types.join(', ')})`;
}

function parameter(parser: TypeParser): string {
  if (parser.peek('...') || parser.peek('{') || parser.peek('[')) {
    throw parser.problem('a parameter that is taken apart has no simple type');
  }
  const name = parser.word();
  if (name === undefined) throw parser.problem('the name of a parameter is missing');
  const isOptional = parser.take('?');
  if (!parser.take(':')) throw parser.problem(`the parameter ${name} has no type`);
  const type = parser.type();
  if (parser.peek('=') && !parser.peek('=>')) throw parser.problem(`the parameter ${name} has a default`);
  return isOptional ? `fc.option(${type}, { nil: undefined })` : type;
}
