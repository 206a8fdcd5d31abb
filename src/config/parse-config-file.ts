import { extname } from 'node:path';
import { BoosterError, isBoosterError } from '../shared/errors.ts';
import { jsonErrorLine } from './json-error-line.ts';

/** Formats that are code. They run when they are read, so only a file that the user names may be one. */
const codeExtensions: ReadonlySet<string> = new Set(['.js', '.mjs', '.cjs']);

/**
 * The content of a configuration file by its extension; without one (`.boosterrc`), YAML, of which JSON is a part.
 * The result is unchecked.
 *
 * @param where names the file in messages
 * @throws BoosterError `E_CONFIG_INVALID`, with the line where it is known
 */
export async function parseConfigFile(path: string, text: string, where: string): Promise<unknown> {
  const extension = extname(path);
  try {
    if (codeExtensions.has(extension)) return await runCode(path, text);
    if (extension === '.json') return parseJson(text, where);
    if (extension === '' || extension === '.yaml' || extension === '.yml') return await parseYaml(path, text, where);
  } catch (error) {
    if (isBoosterError(error)) throw error;
    throw new BoosterError('E_CONFIG_INVALID', `${where}: ${firstLine(error)}`, { where }, error);
  }
  throw new BoosterError(
    'E_CONFIG_INVALID',
    `${where}: the extension must be .json, .yaml, .yml, .js, .mjs, .cjs or none`,
    { where },
  );
}

function parseJson(text: string, where: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw syntaxProblem(where, jsonErrorLine(text), firstLine(error), error);
  }
}

/** Most `.boosterrc` files are JSON: those do not load the YAML parser (8 ms). */
async function parseYaml(path: string, text: string, where: string): Promise<unknown> {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text);
    } catch {
      // Not JSON, but it may still be YAML's own flow syntax, e.g. with comments.
    }
  }
  const { defaultLoaders } = await import('cosmiconfig');
  try {
    return await defaultLoaders['.yaml'](path, text);
  } catch (error) {
    const reason = property(error, 'reason');
    const line = property(property(error, 'mark'), 'line');
    const said = typeof reason === 'string' ? reason : firstLine(error);
    throw syntaxProblem(where, typeof line === 'number' ? line + 1 : undefined, said, error);
  }
}

async function runCode(path: string, text: string): Promise<unknown> {
  const { defaultLoaders } = await import('cosmiconfig');
  const content: unknown = await defaultLoaders['.mjs'](path, text);
  // In the bundle, `import()` is `require()`, which gives an ES module as a whole.
  return property(content, '__esModule') === true ? property(content, 'default') : content;
}

function syntaxProblem(where: string, line: number | undefined, said: string, cause: unknown): BoosterError {
  const place = line === undefined ? where : `${where}:${line}`;
  return new BoosterError(
    'E_CONFIG_INVALID',
    `${place}: ${said}`,
    { where, ...(line === undefined ? {} : { line }) },
    cause,
  );
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? '';
}
