import { BoosterError } from '../../shared/errors.ts';

/** Reads a TypeScript type and writes the fast-check arbitrary for its values; what has none is refused by name. */
export class TypeParser {
  readonly #text: string;
  /** For messages. */
  readonly #where: string;
  #at: number;

  constructor(text: string, where: string, start = 0) {
    this.#text = text;
    this.#where = where;
    this.#at = start;
  }

  get position(): number {
    return this.#at;
  }

  /** A type with its unions. */
  type(): string {
    this.take('|');
    const members = [this.#postfix()];
    while (this.take('|')) members.push(this.#postfix());
    if (this.peek('&') || this.peek('=>')) throw this.problem('intersections and functions are not supported');
    const [only, second] = members;
    return second === undefined ? String(only) : `fc.oneof(${members.join(', ')})`;
  }

  /** Goes behind `token` when it comes next. */
  take(token: string): boolean {
    if (!this.peek(token)) return false;
    this.#at += token.length;
    return true;
  }

  peek(token: string): boolean {
    this.#skipSpace();
    return this.#text.startsWith(token, this.#at);
  }

  expect(token: string): void {
    if (!this.take(token)) throw this.problem(`${token} is missing`);
  }

  /** An identifier, or `undefined` when none comes next. */
  word(): string | undefined {
    this.#skipSpace();
    const pattern = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
    pattern.lastIndex = this.#at;
    const [word] = pattern.exec(this.#text) ?? [];
    if (word !== undefined) this.#at += word.length;
    return word;
  }

  isAtEnd(): boolean {
    this.#skipSpace();
    return this.#at >= this.#text.length;
  }

  problem(what: string): BoosterError {
    const lines = this.#text.slice(0, this.#at).split('\n');
    const place = `${this.#where}:${String(lines.length)}:${String((lines.at(-1)?.length ?? 0) + 1)}`;
    const message = `${place}: ${what}; write the types of the arguments with --set args, e.g. args="number[], string"`;
    return new BoosterError('E_GENERATE_INPUT', message, { path: this.#where });
  }

  #skipSpace(): void {
    const pattern = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
    pattern.lastIndex = this.#at;
    pattern.exec(this.#text);
    this.#at = Math.max(this.#at, pattern.lastIndex);
  }

  #postfix(): string {
    let type = this.#primary();
    while (this.take('[')) {
      this.expect(']');
      type = `fc.array(${type})`;
    }
    return type;
  }

  #primary(): string {
    if (this.take('(')) {
      const type = this.type();
      this.expect(')');
      return type;
    }
    if (this.take('[')) return this.#tuple();
    if (this.take('{')) return this.#object();
    const literal = this.#literal();
    if (literal !== undefined) return `fc.constant(${literal})`;
    const word = this.word();
    if (word === undefined) throw this.problem('a type is missing');
    if (word === 'readonly') return this.#postfix();
    const simple = simpleTypes.get(word);
    return simple ?? this.#generic(word);
  }

  #literal(): string | undefined {
    this.#skipSpace();
    const pattern = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?/y;
    pattern.lastIndex = this.#at;
    const [literal] = pattern.exec(this.#text) ?? [];
    if (literal !== undefined) this.#at += literal.length;
    return literal;
  }

  #tuple(): string {
    const items: string[] = [];
    while (!this.take(']')) {
      items.push(this.type());
      if (!this.take(',') && !this.peek(']')) throw this.problem(', or ] is missing');
    }
    return `fc.tuple(${items.join(', ')})`;
  }

  #object(): string {
    const keys: string[] = [];
    const required: string[] = [];
    while (!this.take('}')) {
      this.take('readonly ');
      const key = this.#literal() ?? this.word();
      if (key === undefined) throw this.problem('a key is missing');
      const isOptional = this.take('?');
      this.expect(':');
      keys.push(`${key}: ${this.type()}`);
      if (!isOptional) required.push(/^['"]/.test(key) ? key : `'${key}'`);
      if (!this.take(';') && !this.take(',') && !this.peek('}')) throw this.problem('; or } is missing');
    }
    const some = required.length === keys.length ? '' : `, { requiredKeys: [${required.join(', ')}] }`;
    return `fc.record({ ${keys.join(', ')} }${some})`;
  }

  #generic(word: string): string {
    const write = genericTypes.get(word);
    if (write === undefined) throw this.problem(`no values are known for the type ${word}`);
    this.expect('<');
    const types: string[] = [];
    do types.push(this.type());
    while (this.take(','));
    this.expect('>');
    return write(types, this);
  }
}

const simpleTypes: ReadonlyMap<string, string> = new Map([
  ['number', 'fc.oneof(fc.integer(), fc.double())'],
  ['integer', 'fc.integer()'],
  ['string', 'fc.string()'],
  ['boolean', 'fc.boolean()'],
  ['bigint', 'fc.bigInt()'],
  ['null', 'fc.constant(null)'],
  ['undefined', 'fc.constant(undefined)'],
  ['true', 'fc.constant(true)'],
  ['false', 'fc.constant(false)'],
  ['Date', 'fc.date({ noInvalidDate: true })'],
  ['Uint8Array', 'fc.uint8Array()'],
  ['unknown', 'fc.jsonValue()'],
  ['any', 'fc.jsonValue()'],
]);

type WriteGeneric = (types: readonly string[], parser: TypeParser) => string;

const list: WriteGeneric = ([item = ''], parser) => (item === '' ? fail(parser) : `fc.array(${item})`);
const set: WriteGeneric = ([item = ''], parser) =>
  item === '' ? fail(parser) : `fc.array(${item}).map((items) => new Set(items))`;
const map: WriteGeneric = ([key = '', value = ''], parser) =>
  value === '' ? fail(parser) : `fc.array(fc.tuple(${key}, ${value})).map((entries) => new Map(entries))`;

const genericTypes: ReadonlyMap<string, WriteGeneric> = new Map([
  ['Array', list],
  ['ReadonlyArray', list],
  ['Iterable', list],
  ['Set', set],
  ['ReadonlySet', set],
  ['Map', map],
  ['ReadonlyMap', map],
  ['Record', ([key = '', value = ''], parser) => (value === '' ? fail(parser) : `fc.dictionary(${key}, ${value})`)],
]);

function fail(parser: TypeParser): never {
  throw parser.problem('a type argument is missing');
}
