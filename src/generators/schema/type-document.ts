import { BoosterError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { pointerOf } from './json-document.ts';
import type { InputDocument, JsonPath } from './json-document.ts';

/** The schema of a type: it stands in no file, so places are pointers into it. */
export class TypeDocument implements InputDocument {
  readonly name: string;
  readonly value: unknown;

  /** @param name for messages, e.g. `types.ts#User` */
  constructor(name: string, value: unknown) {
    this.name = name;
    this.value = value;
  }

  problem(code: ErrorCode, path: JsonPath, what: string): BoosterError {
    const pointer = pointerOf(path);
    return new BoosterError(code, `${this.name}: in its schema, ${pointer}: ${what}`, { path: this.name, pointer });
  }
}
