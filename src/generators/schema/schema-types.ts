import { isIdentifier, pascalCase } from '../identifier.ts';
import type { JsonPath } from './json-document.ts';
import { pointerOf } from './json-document.ts';
import { isObject, own } from './json-value.ts';
import type { JsonObject } from './json-value.ts';
import { resolveRef } from './read-schema.ts';
import type { Schema } from './read-schema.ts';
import {
  arrayOf,
  docComment,
  intersectionOf,
  literalType,
  neverType,
  propertyName,
  tight,
  unionOf,
  unknownType,
} from './type-text.ts';
import type { TypeText } from './type-text.ts';

export interface SchemaTypes {
  /** Declarations, each exported, separated by blank lines. */
  readonly text: string;
  /** Pointers of schemas that say something of objects or arrays without a `type`, so that they accept any other value too. */
  readonly untyped: readonly string[];
}

/** TypeScript cannot express more elements than a tuple of this many; a longer one becomes a list. */
const longestTuple = 32;

/**
 * TypeScript types that every value has which the schema accepts. They can be wider than the schema (ranges, patterns, `not`
 * and `if` have no types), never narrower.
 */
export function schemaTypes(schema: Schema, rootName: string): SchemaTypes {
  return new TypeWriter(schema, rootName).write();
}

/** What is known of the value that a schema is about, from the schemas around it. */
type Known = 'object' | 'array' | 'other' | undefined;

class TypeWriter {
  readonly #schema: Schema;
  readonly #names = new Map<string, string>();
  readonly #untyped = new Set<string>();

  constructor(schema: Schema, rootName: string) {
    this.#schema = schema;
    const taken = new Set<string>();
    const give = (pointer: string, wanted: string): void => {
      if (this.#names.has(pointer)) return;
      const base = isIdentifier(wanted) ? wanted : `${rootName}${wanted}`;
      let name = base;
      for (let count = 2; taken.has(name); count += 1) name = `${base}${String(count)}`;
      taken.add(name);
      this.#names.set(pointer, name);
    };
    give('#', rootName);
    for (const [pointer, { path }] of schema.byPointer) if (isDefinition(path)) give(pointer, nameOf(path));
    for (const { schema: each, path } of schema.byPointer.values()) {
      const ref = isObject(each) ? own(each, '$ref') : undefined;
      if (typeof ref !== 'string') continue;
      const pointer = resolveRef(schema, ref, path);
      give(pointer, nameOf(schema.byPointer.get(pointer)?.path ?? []));
    }
  }

  write(): SchemaTypes {
    const declarations = [...this.#names].map(([pointer, name]) => this.#declaration(pointer, name));
    return { text: declarations.join('\n'), untyped: [...this.#untyped] };
  }

  #declaration(pointer: string, name: string): string {
    const entry = this.#schema.byPointer.get(pointer);
    if (entry === undefined) return '';
    const comment = commentOf(entry.schema, '');
    const type = this.#typeOf(entry.schema, entry.path, '', undefined);
    const isInterface = type.text.startsWith('{\n') && type.binds === 'tight' && !/^\}(?=.)/m.test(type.text);
    return `${comment}export ${isInterface ? `interface ${name} ${type.text}` : `type ${name} = ${type.text};`}\n`;
  }

  #typeOf(schema: unknown, path: JsonPath, indent: string, known: Known): TypeText {
    if (schema === false) return neverType;
    if (!isObject(schema)) return unknownType;
    const kinds = typesOf(schema);
    const here: Known = kinds.length === 0 ? known : kinds.length > 1 ? 'other' : knownOf(kinds[0]);
    const literals = literalsOf(schema, kinds);
    // A literal type says all that the type beside it says.
    const parts =
      literals === undefined
        ? [this.#ownType(schema, kinds, path, indent, here)]
        : [unionOf(literals.map(literalType))];
    const ref = own(schema, '$ref');
    if (typeof ref === 'string') {
      parts.push(tight(this.#names.get(resolveRef(this.#schema, ref, path)) ?? 'unknown'));
    }
    const inner = (keyword: string): TypeText[] => {
      const list = own(schema, keyword);
      if (!Array.isArray(list)) return [];
      return list.map((each, index) => this.#typeOf(each, [...path, keyword, index], indent, here));
    };
    parts.push(...inner('allOf'));
    for (const keyword of ['anyOf', 'oneOf']) {
      const members = inner(keyword);
      if (members.length > 0) parts.push(unionOf(members));
    }
    return intersectionOf(parts);
  }

  /** The type that `type` and the keywords of objects and arrays say. */
  #ownType(schema: JsonObject, kinds: readonly string[], path: JsonPath, indent: string, known: Known): TypeText {
    if (kinds.length === 0) {
      const isAbout = keywordsOf(schema);
      if (known === 'object' && isAbout.object) return this.#objectType(schema, path, indent);
      if (known === 'array' && isAbout.array) return this.#arrayType(schema, path, indent);
      if ((isAbout.object || isAbout.array) && known === undefined) this.#untyped.add(pointerOf(path));
      return unknownType;
    }
    return unionOf(
      kinds.map((kind) => {
        if (kind === 'object') return this.#objectType(schema, path, indent);
        if (kind === 'array') return this.#arrayType(schema, path, indent);
        return tight(kind === 'integer' ? 'number' : kind);
      }),
    );
  }

  #objectType(schema: JsonObject, path: JsonPath, indent: string): TypeText {
    const properties = own(schema, 'properties');
    const known = isObject(properties) ? properties : {};
    const requiredNames = own(schema, 'required');
    const required = new Set(Array.isArray(requiredNames) ? requiredNames.map(String) : []);
    const inside = `${indent}  `;
    const rows = Object.keys(known).map((key) => {
      const value = known[key];
      const type = this.#typeOf(value, [...path, 'properties', key], inside, undefined);
      return `${commentOf(value, inside)}${inside}${propertyName(key)}${required.has(key) ? '' : '?'}: ${type.text};\n`;
    });
    for (const key of required) {
      if (!Object.hasOwn(known, key))
        rows.push(`${inside}${propertyName(key)}: ${this.#otherType(schema, path, inside).text};\n`);
    }
    const rest = this.#indexType(schema, path, rows.length > 0, inside);
    if (rows.length === 0 && rest !== undefined && !this.#isNamedIn(rest.text)) {
      return tight(`Record<string, ${rest.text}>`);
    }
    if (rest !== undefined) rows.push(`${inside}[key: string]: ${rest.text};\n`);
    return tight(`{\n${rows.join('')}${indent}}`);
  }

  /** A type may refer to itself through an index signature, but not through `Record`. */
  #isNamedIn(text: string): boolean {
    return [...this.#names.values()].some((name) => text.includes(name));
  }

  /** Of keys that no property names; `undefined` when nothing needs to be said of them. */
  #indexType(schema: JsonObject, path: JsonPath, hasRows: boolean, indent: string): TypeText | undefined {
    const isClosed = own(schema, 'additionalProperties') === false;
    const patterns = own(schema, 'patternProperties');
    const hasPatterns = isObject(patterns) && Object.keys(patterns).length > 0;
    if (hasRows) return hasPatterns || isObject(own(schema, 'additionalProperties')) ? unknownType : undefined;
    if (!hasPatterns) return isClosed ? neverType : this.#otherType(schema, path, indent);
    if (!isClosed) return unknownType;
    const types = Object.keys(patterns).map((key) =>
      this.#typeOf(patterns[key], [...path, 'patternProperties', key], indent, undefined),
    );
    return unionOf(types);
  }

  #otherType(schema: JsonObject, path: JsonPath, indent: string): TypeText {
    const patterns = own(schema, 'patternProperties');
    const others = own(schema, 'additionalProperties');
    if (!isObject(others) || (isObject(patterns) && Object.keys(patterns).length > 0)) return unknownType;
    return this.#typeOf(others, [...path, 'additionalProperties'], indent, undefined);
  }

  #arrayType(schema: JsonObject, path: JsonPath, indent: string): TypeText {
    const isDraft7 = Array.isArray(own(schema, 'items'));
    const headKeyword = isDraft7 ? 'items' : 'prefixItems';
    const restKeyword = isDraft7 ? 'additionalItems' : 'items';
    const head = own(schema, headKeyword);
    const rest = own(schema, restKeyword);
    const restType = rest === undefined ? unknownType : this.#typeOf(rest, [...path, restKeyword], indent, undefined);
    const maximum = own(schema, 'maxItems');
    if (!Array.isArray(head) || head.length === 0 || head.length > longestTuple) {
      if (Array.isArray(head) && head.length > longestTuple) return arrayOf(unknownType);
      return restType.text === 'never' || maximum === 0 ? tight('[]') : arrayOf(restType);
    }
    const minimum = own(schema, 'minItems');
    const least = typeof minimum === 'number' ? minimum : 0;
    const rows = head.map((each, index) => {
      const type = this.#typeOf(each, [...path, headKeyword, index], indent, undefined);
      return index < least ? type.text : `${type.binds === 'tight' ? type.text : `(${type.text})`}?`;
    });
    const isClosed = restType.text === 'never' || (typeof maximum === 'number' && maximum <= head.length);
    if (!isClosed) rows.push(`...${arrayOf(restType).text}`);
    return tight(`[${rows.join(', ')}]`);
  }
}

/** The values that `const` or `enum` allow; `undefined` without either. */
function literalsOf(schema: JsonObject, kinds: readonly string[]): readonly unknown[] | undefined {
  if (Object.hasOwn(schema, 'const')) return [schema['const']];
  const values = own(schema, 'enum');
  if (!isList(values)) return undefined;
  return kinds.length === 0
    ? values
    : values.filter((value) => kinds.includes(kindOf(value)) || isInteger(value, kinds));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isInteger(value: unknown, kinds: readonly string[]): boolean {
  return kinds.includes('integer') && Number.isInteger(value);
}

function typesOf(schema: JsonObject): string[] {
  const type = own(schema, 'type');
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.map(String) : [];
}

function knownOf(kind: string | undefined): Known {
  return kind === 'object' || kind === 'array' ? kind : 'other';
}

const objectKeywords = ['properties', 'required', 'additionalProperties', 'patternProperties'];
const arrayKeywords = ['items', 'prefixItems', 'additionalItems'];

function keywordsOf(schema: JsonObject): { readonly object: boolean; readonly array: boolean } {
  const has = (keyword: string): boolean => Object.hasOwn(schema, keyword);
  return { object: objectKeywords.some(has), array: arrayKeywords.some(has) };
}

function isDefinition(path: JsonPath): boolean {
  return path.length === 2 && (path[0] === '$defs' || path[0] === 'definitions');
}

function nameOf(path: JsonPath): string {
  return pascalCase(path.findLast((step) => typeof step === 'string') ?? '');
}

function commentOf(schema: unknown, indent: string): string {
  if (!isObject(schema)) return '';
  const description = own(schema, 'description') ?? own(schema, 'title');
  const text = typeof description === 'string' ? description : undefined;
  return docComment(text, indent, own(schema, 'deprecated') === true);
}
