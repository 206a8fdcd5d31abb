import { parseRedisUrl, redactUrls } from '../shared/redis-url.ts';
import { formatSize, parseSize, sizePattern, sizeSyntax } from './parse-size.ts';

/** One kind of value that a setting can have. */
export interface ValueType<Value> {
  /** What is accepted, for messages and tables: "… is not <expected>". */
  readonly expected: string;
  /** JSON schema of what a configuration file may say. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The value of a configuration file's entry; `undefined` when it is not of this type. */
  read(raw: unknown): Value | undefined;
  /** The value of an environment variable or flag; `undefined` when it is not of this type. */
  readText(text: string): Value | undefined;
  /** How the value is written in a configuration file (a JSON value). A secret is not: it shows as `***`. */
  write(value: Value): unknown;
  /** How a message quotes a value that is not of this type, where that could be a secret. */
  readonly quote?: (raw: unknown) => string;
}

export function oneOf<const Word extends string>(words: readonly Word[]): ValueType<Word> {
  const find = (raw: unknown): Word | undefined => words.find((word) => word === raw);
  return {
    expected: `one of ${words.join(', ')}`,
    schema: { enum: words },
    read: find,
    readText: find,
    write: (value) => value,
  };
}

export function integer(minimum: number, maximum: number): ValueType<number> {
  const read = (raw: unknown): number | undefined =>
    typeof raw === 'number' && Number.isInteger(raw) && raw >= minimum && raw <= maximum ? raw : undefined;
  return {
    expected: `an integer from ${minimum} to ${maximum}`,
    schema: { type: 'integer', minimum, maximum },
    read,
    readText: (text) => (/^\d{1,15}$/.test(text) ? read(Number(text)) : undefined),
    write: (value) => value,
  };
}

export function integerOrAuto(minimum: number, maximum: number): ValueType<number | 'auto'> {
  const number = integer(minimum, maximum);
  return {
    expected: `auto or ${number.expected}`,
    schema: { anyOf: [{ const: 'auto' }, number.schema] },
    read: (raw) => (raw === 'auto' ? raw : number.read(raw)),
    readText: (text) => (text === 'auto' ? text : number.readText(text)),
    write: (value) => value,
  };
}

/** A number of bytes, written plainly or with a unit. */
export function size(minimum: number, maximum: number): ValueType<number> {
  const bytes = integer(minimum, maximum);
  const readText = (text: string): number | undefined => bytes.read(parseSize(text));
  return {
    expected: `a size from ${formatSize(minimum)} to ${formatSize(maximum)} (${sizeSyntax})`,
    schema: { anyOf: [bytes.schema, { type: 'string', pattern: sizePattern }] },
    read: (raw) => (typeof raw === 'string' ? readText(raw) : bytes.read(raw)),
    readText,
    write: formatSize,
  };
}

/** Texts; as an environment variable or flag given once, a single one. */
export function texts(): ValueType<readonly string[]> {
  return {
    expected: 'a list of non-empty texts',
    schema: { type: 'array', items: { type: 'string', minLength: 1 } },
    read: (raw) => {
      const list: unknown[] = Array.isArray(raw) ? raw : [''];
      return list.every((each): each is string => typeof each === 'string' && each !== '') ? [...list] : undefined;
    },
    readText: (text) => [text],
    write: (value) => value,
  };
}

const switchName = '^[a-z][a-z0-9-]*$';

/** Names that are switched on or off. */
export function switches(): ValueType<Readonly<Record<string, boolean>>> {
  return {
    expected: 'an object of kebab-case names with true or false each',
    schema: { type: 'object', propertyNames: { pattern: switchName }, additionalProperties: { type: 'boolean' } },
    read: (raw) => {
      if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
      const entries = Object.entries(raw);
      const areValid = entries.every(([name, on]) => new RegExp(switchName).test(name) && typeof on === 'boolean');
      return areValid ? Object.fromEntries(entries) : undefined;
    },
    readText: () => undefined,
    write: (value) => value,
  };
}

/** The path of a file or folder; empty when there is none. */
export function path(): ValueType<string> {
  const read = (raw: unknown): string | undefined => (typeof raw === 'string' && !raw.includes('\0') ? raw : undefined);
  return { expected: 'a path', schema: { type: 'string' }, read, readText: read, write: same };
}

/** A text of which every character is one of `characters` (of a regular expression). */
export function word(characters: string, longest: number): ValueType<string> {
  const pattern = `^[${characters}]{1,${longest}}$`;
  const read = (raw: unknown): string | undefined =>
    typeof raw === 'string' && new RegExp(pattern).test(raw) ? raw : undefined;
  const expected = `1 to ${longest} characters of ${characters.replaceAll('\\', '')}`;
  return { expected, schema: { type: 'string', pattern }, read, readText: read, write: same };
}

/** The address of a Redis server, or `none`. User and password are never shown. */
export function redisUrl(): ValueType<string> {
  const read = (raw: unknown): string | undefined =>
    typeof raw === 'string' && (raw === 'none' || parseRedisUrl(raw) !== undefined) ? raw : undefined;
  return {
    expected: 'none or redis[s]://[user[:password]@]host[:port][/database]',
    schema: { type: 'string', pattern: '^(none|rediss?://.+)$' },
    read,
    readText: read,
    write: redactUrls,
    // even one that is not understood may hold a password
    quote: (raw) => JSON.stringify(String(raw).replace(/^.*@/s, '***@').slice(0, 60)),
  };
}

/** A secret. A configuration file is often shared, so it may not stand there; it is never shown. */
export function secret(): ValueType<string> {
  return {
    expected: 'given in the environment',
    schema: { const: '' },
    read: (raw) => (raw === '' ? '' : undefined),
    readText: same,
    write: (value) => (value === '' ? '' : '***'),
    quote: () => 'a value that is not shown',
  };
}

function same<Value>(value: Value): Value {
  return value;
}
