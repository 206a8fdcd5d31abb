import { findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { BoosterError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { GeneratorInput } from '../generator.ts';

/** Keys and indices from the root to a value. */
export type JsonPath = readonly (string | number)[];

/** Deeper documents are refused: what reads them recursively must not overflow the stack. */
export const maximumDepth = 200;

/** What generators read: a value, and errors that name the place of a part of it. */
export interface InputDocument {
  /** For messages. */
  readonly name: string;
  /** As `JSON.parse` gives values. */
  readonly value: unknown;
  /** An error about the value at `path`: its message begins with file, line and column. */
  readonly problem: (code: ErrorCode, path: JsonPath, what: string) => BoosterError;
}

/** A JSON text, its value, and where each part of it stands. */
export class JsonDocument implements InputDocument {
  readonly name: string;
  readonly value: unknown;
  readonly #text: string;
  readonly #root: Node;

  /** @throws BoosterError E_GENERATE_INPUT: no JSON, a key that stands twice, nested too deeply */
  constructor({ name, text }: GeneratorInput) {
    this.name = name;
    this.#text = text;
    refuseTooDeep(name, text);
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, {
      disallowComments: true,
      allowTrailingComma: false,
      allowEmptyContent: false,
    });
    const [error] = errors;
    if (error !== undefined || root === undefined) {
      const what =
        text.trim() === ''
          ? 'is empty'
          : `no JSON: ${wordsOf(error === undefined ? 'value expected' : printParseErrorCode(error.error))}`;
      throw this.#problemAt('E_GENERATE_INPUT', error?.offset ?? 0, what);
    }
    this.#root = root;
    this.#refuseTwice(root);
    this.value = JSON.parse(text);
  }

  /** An error about the value at `path`: its message begins with file, line and column. */
  problem(code: ErrorCode, path: JsonPath, what: string): BoosterError {
    const node = this.#nodeAt(path);
    const at = path.length === 0 ? '' : `${pointerOf(path)}: `;
    return this.#problemAt(code, node.offset, at + what, { pointer: pointerOf(path) });
  }

  /** The deepest value on the way that is there. */
  #nodeAt(path: JsonPath): Node {
    for (let length = path.length; length > 0; length -= 1) {
      const node = findNodeAtLocation(this.#root, path.slice(0, length));
      if (node !== undefined) return node.parent?.type === 'property' ? node.parent : node;
    }
    return this.#root;
  }

  #refuseTwice(node: Node): void {
    if (node.type === 'object') {
      const seen = new Set<string>();
      for (const property of node.children ?? []) {
        const key = String(property.children?.[0]?.value);
        if (seen.has(key)) {
          throw this.#problemAt('E_GENERATE_INPUT', property.offset, `the key ${JSON.stringify(key)} stands twice`);
        }
        seen.add(key);
      }
    }
    for (const child of node.children ?? []) this.#refuseTwice(child);
  }

  #problemAt(code: ErrorCode, offset: number, what: string, data: Record<string, unknown> = {}): BoosterError {
    const lines = this.#text.slice(0, offset).split(/\r\n|\r|\n/);
    const line = lines.length;
    const column = (lines.at(-1)?.length ?? 0) + 1;
    const message = `${this.name}:${String(line)}:${String(column)}: ${what}`;
    return new BoosterError(code, message, { path: this.name, line, column, ...data });
  }
}

/** A JSON pointer in the form of a URI fragment, without escapes of the URI: `#/properties/a~1b`. */
export function pointerOf(path: JsonPath): string {
  return ['#', ...path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** `PropertyNameExpected` → `property name expected`. */
function wordsOf(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

function refuseTooDeep(name: string, text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > maximumDepth) {
      const message = `${name}: nested more than ${String(maximumDepth)} levels deep`;
      throw new BoosterError('E_GENERATE_INPUT', message, { path: name });
    }
  }
}
