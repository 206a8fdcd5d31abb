/** A view of JSON from elsewhere: whatever is missing or of another type is absent, and nothing throws. */
export class Fields {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  has(name: string): boolean {
    return this.#get(name) !== undefined;
  }

  /** The first of the names that holds a text. */
  text(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.#get(name);
      if (typeof value === 'string') return value;
    }
    return undefined;
  }

  isTrue(...names: readonly string[]): boolean {
    return names.some((name) => this.#get(name) === true);
  }

  integer(name: string): number | undefined {
    const value = this.#get(name);
    return Number.isSafeInteger(value) ? (value as number) : undefined;
  }

  isNull(name: string): boolean {
    return this.#get(name) === null;
  }

  /** What lies below a name; an object written as JSON text counts as one. */
  fields(name: string): Fields {
    const value = this.#get(name);
    return new Fields(typeof value === 'string' ? parsedObject(value) : value);
  }

  list(name: string): readonly Fields[] {
    return this.#items(name).map((item) => new Fields(item));
  }

  texts(name: string): readonly string[] {
    return this.#items(name).filter((item) => typeof item === 'string');
  }

  #items(name: string): readonly unknown[] {
    const value = this.#get(name);
    return Array.isArray(value) ? (value as readonly unknown[]) : [];
  }

  #get(name: string): unknown {
    const isObject = typeof this.#value === 'object' && this.#value !== null;
    return isObject && Object.hasOwn(this.#value, name) ? Reflect.get(this.#value, name) : undefined;
  }
}

function parsedObject(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
