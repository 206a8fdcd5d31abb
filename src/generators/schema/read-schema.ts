import { suggest } from '../../config/suggest.ts';
import type { GeneratorInput } from '../generator.ts';
import { pointerOf } from './json-document.ts';
import type { InputDocument, JsonPath } from './json-document.ts';
import { isObject, own } from './json-value.ts';
import type { JsonObject } from './json-value.ts';
import { openDocument } from './open-document.ts';
import { draft2020Only, draft7Only, inPlaceKeywords, keywords, knownFormats } from './keywords.ts';

export type Draft = 'draft-07' | '2020-12';

/** A JSON Schema that has passed all checks but that of ajv's meta-schema. */
export interface Schema {
  readonly draft: Draft;
  readonly root: JsonObject | boolean;
  /** Every schema in it, by its pointer. */
  readonly byPointer: ReadonlyMap<string, { readonly schema: unknown; readonly path: JsonPath }>;
  readonly document: InputDocument;
}

/**
 * Reads a JSON Schema and refuses what cannot be compiled into a file of its own: unknown keywords and formats, references to
 * other documents, references in a circle.
 *
 * @throws BoosterError E_GENERATE_INPUT (no JSON), E_GENERATE_SCHEMA; the message begins with file, line and column
 */
export function readSchema(input: GeneratorInput): Schema {
  return checkSchema(openDocument(input));
}

/** @throws BoosterError E_GENERATE_SCHEMA */
export function checkSchema(document: InputDocument): Schema {
  const { value } = document;
  if (typeof value !== 'boolean' && !isObject(value)) {
    throw document.problem('E_GENERATE_SCHEMA', [], 'a JSON Schema is an object, or true or false');
  }
  const draft = draftOf(document);
  const byPointer = new Map<string, { schema: unknown; path: JsonPath }>();
  const edges = new Map<string, string[]>();
  new SchemaWalk(document, draft, byPointer, edges).visit(value, []);
  const schema: Schema = { draft, root: value, byPointer, document };
  for (const [pointer, { schema: each, path }] of byPointer) {
    const ref = isObject(each) ? own(each, '$ref') : undefined;
    if (typeof ref !== 'string') continue;
    const target = resolveRef(schema, ref, path);
    edges.get(pointer)?.push(target);
  }
  refuseCircles(schema, edges);
  return schema;
}

function draftOf(document: InputDocument): Draft {
  const uri = isObject(document.value) ? own(document.value, '$schema') : undefined;
  if (uri === undefined) return '2020-12';
  const text = typeof uri === 'string' ? uri.replace(/#$/, '') : '';
  if (/^https?:\/\/json-schema\.org\/draft-0[67]\/schema$/.test(text)) return 'draft-07';
  if (text === 'https://json-schema.org/draft/2020-12/schema') return '2020-12';
  const known = 'known are http://json-schema.org/draft-07/schema# and https://json-schema.org/draft/2020-12/schema';
  throw document.problem('E_GENERATE_SCHEMA', ['$schema'], `unknown draft ${JSON.stringify(uri)}; ${known}`);
}

class SchemaWalk {
  readonly #document: InputDocument;
  readonly #draft: Draft;
  readonly #byPointer: Map<string, { schema: unknown; path: JsonPath }>;
  readonly #edges: Map<string, string[]>;

  constructor(
    document: InputDocument,
    draft: Draft,
    byPointer: Map<string, { schema: unknown; path: JsonPath }>,
    edges: Map<string, string[]>,
  ) {
    this.#document = document;
    this.#draft = draft;
    this.#byPointer = byPointer;
    this.#edges = edges;
  }

  visit(schema: unknown, path: JsonPath): void {
    const pointer = pointerOf(path);
    this.#byPointer.set(pointer, { schema, path });
    this.#edges.set(pointer, []);
    // Anything else than an object or a boolean is for the meta-schema to refuse.
    if (!isObject(schema)) return;
    for (const [keyword, value] of Object.entries(schema)) {
      const at = [...path, keyword];
      const holds = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
      if (holds === undefined) throw this.#unknownKeyword(keyword, at);
      this.#refuseMisplaced(keyword, value, at);
      const inner = schemasIn(holds, value).map((step) => [...at, ...step]);
      for (const each of inner) this.visit(valueAt(value, each.slice(at.length)), each);
      if (inPlaceKeywords.has(keyword)) this.#edges.get(pointer)?.push(...inner.map(pointerOf));
    }
  }

  #refuseMisplaced(keyword: string, value: unknown, at: JsonPath): void {
    const refuse = (what: string): never => {
      throw this.#document.problem('E_GENERATE_SCHEMA', at, what);
    };
    const other = (this.#draft === '2020-12' ? draft7Only : draft2020Only)[keyword];
    if (other !== undefined) {
      refuse(`is no keyword of ${this.#draft}: write ${other}, or name the other draft in $schema`);
    }
    if (keyword === 'items' && Array.isArray(value) && this.#draft === '2020-12') {
      refuse('a list of items is draft-07: write prefixItems, or say so with $schema');
    }
    if (keyword === '$id' && at.length > 1) refuse('only the root may have an $id');
    if (keyword === 'format' && typeof value === 'string' && !knownFormats.includes(value)) {
      refuse(`unknown format ${JSON.stringify(value)}${hintOf(value, knownFormats)}`);
    }
    if (keyword === 'pattern' && typeof value === 'string' && !isPattern(value)) refuse(invalidPattern(value));
    if (keyword === 'patternProperties' && isObject(value)) {
      for (const pattern of Object.keys(value)) {
        if (!isPattern(pattern)) {
          throw this.#document.problem('E_GENERATE_SCHEMA', [...at, pattern], invalidPattern(pattern));
        }
      }
    }
  }

  #unknownKeyword(keyword: string, at: JsonPath): Error {
    const known = Object.keys(keywords);
    const what = `unknown keyword ${JSON.stringify(keyword)}${hintOf(keyword, known)}`;
    return this.#document.problem('E_GENERATE_SCHEMA', at, what);
  }
}

/** Ways from the value of a keyword to the schemas in it. */
function schemasIn(holds: (typeof keywords)[string], value: unknown): JsonPath[] {
  const isList = Array.isArray(value);
  switch (holds) {
    case 'data':
      return [];
    case 'schema':
      return [[]];
    case 'list':
      return isList ? value.map((_, index) => [index]) : [];
    case 'schema-or-list':
      return isList ? value.map((_, index) => [index]) : [[]];
    case 'map':
      return isObject(value) ? Object.keys(value).map((key) => [key]) : [];
    case 'map-or-names':
      if (!isObject(value)) return [];
      return Object.keys(value).flatMap((key) => (Array.isArray(value[key]) ? [] : [[key]]));
  }
}

function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((at, step) => (at as Readonly<Record<string | number, unknown>>)[step], value);
}

/**
 * The pointer that a `$ref` means.
 * @throws BoosterError E_GENERATE_SCHEMA when it leads out of the document or to no schema
 */
export function resolveRef({ byPointer, document }: Schema, ref: string, path: JsonPath): string {
  const at = [...path, '$ref'];
  if (!ref.startsWith('#')) {
    const what = `${JSON.stringify(ref)} leads to another document: put what it means into $defs, as nothing is loaded`;
    throw document.problem('E_GENERATE_SCHEMA', at, what);
  }
  let pointer: string;
  try {
    pointer = decodeURIComponent(ref);
  } catch {
    throw document.problem('E_GENERATE_SCHEMA', at, `${JSON.stringify(ref)} is no valid URI fragment`);
  }
  if (byPointer.has(pointer)) return pointer;
  const hint = hintOf(pointer, [...byPointer.keys()]);
  throw document.problem('E_GENERATE_SCHEMA', at, `no schema is at ${JSON.stringify(ref)}${hint}`);
}

/** A reference that comes back to itself without going into a part of the value would be checked for ever. */
function refuseCircles({ byPointer, document }: Schema, edges: ReadonlyMap<string, readonly string[]>): void {
  const states = new Map<string, 'open' | 'done'>();
  for (const start of edges.keys()) {
    // An explicit stack: a chain of references may be longer than the call stack is deep.
    const way: { readonly pointer: string; next: number }[] = [{ pointer: start, next: 0 }];
    while (way.length > 0) {
      const step = way.at(-1);
      if (step === undefined) break;
      if (step.next === 0 && states.get(step.pointer) === 'done') {
        way.pop();
        continue;
      }
      states.set(step.pointer, 'open');
      const target = edges.get(step.pointer)?.[step.next];
      step.next += 1;
      if (target === undefined) {
        states.set(step.pointer, 'done');
        way.pop();
      } else if (states.get(target) === 'open') {
        const from = way.findIndex(({ pointer }) => pointer === target);
        const circle = [...way.slice(from).map(({ pointer }) => pointer), target].join(' → ');
        const path = byPointer.get(target)?.path ?? [];
        throw document.problem('E_GENERATE_SCHEMA', path, `refers to itself in a circle: ${circle}`);
      } else way.push({ pointer: target, next: 0 });
    }
  }
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch {
    return false;
  }
}

function invalidPattern(pattern: string): string {
  return `${JSON.stringify(pattern)} is no regular expression with the flag u`;
}

function hintOf(word: string, known: readonly string[]): string {
  const near = suggest(word, known);
  return near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
}
