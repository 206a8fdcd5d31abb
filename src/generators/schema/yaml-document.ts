import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { BoosterError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { GeneratorInput } from '../generator.ts';
import { maximumDepth, pointerOf } from './json-document.ts';
import type { InputDocument, JsonPath } from './json-document.ts';

/** A YAML text (1.2, core schema) whose value is one that JSON could hold, and where each part of it stands. */
export class YamlDocument implements InputDocument {
  readonly name: string;
  readonly value: unknown;
  readonly #lines = new LineCounter();
  readonly #document: Document;

  /** @throws BoosterError E_GENERATE_INPUT: no YAML, a key that stands twice, nested too deeply, a value that JSON has not */
  constructor({ name, text }: GeneratorInput) {
    this.name = name;
    if (text.trim() === '') throw this.#problemAt('E_GENERATE_INPUT', 0, 'is empty');
    this.#document = this.#parsed(text);
    const [error] = [...this.#document.errors, ...this.#document.warnings];
    if (error !== undefined) {
      const [what = ''] = error.message.split('\n', 1);
      throw this.#problemAt('E_GENERATE_INPUT', error.pos[0], `no YAML: ${what}`);
    }
    this.value = this.#jsonValue();
  }

  /** An error about the value at `path`: its message begins with file, line and column. */
  problem(code: ErrorCode, path: JsonPath, what: string): BoosterError {
    const at = path.length === 0 ? '' : `${pointerOf(path)}: `;
    return this.#problemAt(code, this.#offsetOf(path), at + what, { pointer: pointerOf(path) });
  }

  #parsed(text: string): Document {
    try {
      return parseDocument(text, { uniqueKeys: true, prettyErrors: false, lineCounter: this.#lines });
    } catch (error) {
      if (error instanceof RangeError) throw this.#tooDeep();
      throw error;
    }
  }

  #jsonValue(): unknown {
    try {
      // aliases are few in what people write; many are there to fill the memory
      const value: unknown = this.#document.toJS({ maxAliasCount: 100 });
      this.#refuseStrange(value, []);
      return JSON.parse(JSON.stringify(value));
    } catch (error) {
      if (error instanceof RangeError) throw this.#tooDeep();
      if (error instanceof BoosterError) throw error;
      throw this.#problemAt('E_GENERATE_INPUT', 0, error instanceof Error ? error.message : String(error));
    }
  }

  #refuseStrange(value: unknown, path: JsonPath): void {
    if (path.length > maximumDepth) throw this.#tooDeep();
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw this.problem('E_GENERATE_INPUT', path, `${String(value)} is no value of JSON`);
    }
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const [index, each] of value.entries()) this.#refuseStrange(each, [...path, index]);
    else for (const [key, each] of Object.entries(value)) this.#refuseStrange(each, [...path, key]);
  }

  #tooDeep(): BoosterError {
    const message = `${this.name}: nested more than ${String(maximumDepth)} levels deep`;
    return new BoosterError('E_GENERATE_INPUT', message, { path: this.name });
  }

  /** Of the deepest value on the way that is there; of a value under a key, where the key stands. */
  #offsetOf(path: JsonPath): number {
    let node: unknown = this.#document.contents;
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        if (pair === undefined) return offset;
        offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        if (!isNode(node)) return offset;
        offset = node.range?.[0] ?? offset;
      } else return offset;
    }
    return offset;
  }

  #problemAt(code: ErrorCode, offset: number, what: string, data: Record<string, unknown> = {}): BoosterError {
    const place = this.#lines.linePos(offset);
    const [line, column] = [Math.max(place.line, 1), Math.max(place.col, 1)];
    const message = `${this.name}:${String(line)}:${String(column)}: ${what}`;
    return new BoosterError(code, message, { path: this.name, line, column, ...data });
  }
}
