import { isObject, own } from './json-value.ts';
import type { JsonObject } from './json-value.ts';
import { newAjv } from './new-ajv.ts';
import { resolveRef } from './read-schema.ts';
import type { Schema } from './read-schema.ts';
import type { JsonPath } from './json-document.ts';

/** A recursive schema is followed so deep. */
const deepest = 4;

/** A value of the schema, the same each time, which is not always valid: not for most patterns. */
export function sampleValue(schema: Schema): unknown {
  return sampleOf(schema, schema.root, [], 0);
}

/** What is wrong with a value, e.g. `/id must be integer`; `undefined`: nothing. */
export function problemIn(schema: Schema, value: unknown): string | undefined {
  const ajv = newAjv(schema);
  if (ajv.validate(schema.root, value)) return undefined;
  const [error] = ajv.errors ?? [];
  const place = error?.instancePath ?? '';
  return `${place === '' ? 'it' : place} ${error?.message ?? 'is not valid'}`;
}

function sampleOf(whole: Schema, schema: unknown, path: JsonPath, depth: number): unknown {
  if (!isObject(schema)) return null;
  const ref = own(schema, '$ref');
  if (typeof ref === 'string') {
    const target = whole.byPointer.get(resolveRef(whole, ref, path));
    return target === undefined ? null : sampleOf(whole, target.schema, target.path, depth + 1);
  }
  if (Object.hasOwn(schema, 'const')) return schema['const'];
  const values = own(schema, 'enum');
  if (Array.isArray(values)) return values[0];
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const forms = own(schema, keyword);
    if (Array.isArray(forms)) return sampleOf(whole, forms[0], [...path, keyword, 0], depth);
  }
  const [type] = [own(schema, 'type')].flat();
  if (type === 'object') return objectOf(whole, schema, path, depth);
  if (type === 'array') return listOf(whole, schema, path, depth);
  if (type === 'string') return textOf(schema);
  if (type === 'boolean') return true;
  return type === 'number' || type === 'integer' ? numberOf(schema, type) : null;
}

function objectOf(whole: Schema, schema: JsonObject, path: JsonPath, depth: number): JsonObject {
  const properties = own(schema, 'properties');
  const required = own(schema, 'required');
  if (!isObject(properties)) return {};
  const keys = Object.keys(properties).filter(
    (key) => depth < deepest || (Array.isArray(required) && required.includes(key)),
  );
  const entries = keys.map((key) => {
    const value = sampleOf(whole, properties[key], [...path, 'properties', key], depth + 1);
    return [key, value] as const;
  });
  return Object.fromEntries(entries);
}

function listOf(whole: Schema, schema: JsonObject, path: JsonPath, depth: number): readonly unknown[] {
  const least = numberAt(schema, 'minItems') ?? 0;
  const most = numberAt(schema, 'maxItems') ?? Infinity;
  const wanted = own(schema, 'uniqueItems') === true || depth >= deepest ? 1 : 3;
  const count = depth > deepest + 2 ? least : Math.max(least, Math.min(wanted, most));
  const item = sampleOf(whole, own(schema, 'items'), [...path, 'items'], depth + 1);
  return Array.from({ length: Math.min(count, 1000) }, () => item);
}

const formats: Readonly<Record<string, string>> = {
  date: '2024-02-29',
  time: '10:20:30Z',
  'date-time': '2024-02-29T10:20:30Z',
  'iso-time': '10:20:30',
  'iso-date-time': '2024-02-29T10:20:30',
  duration: 'P1D',
  uri: 'https://example.org/a',
  'uri-reference': '/a',
  'uri-template': '/a/{b}',
  url: 'https://example.org/a',
  email: 'ada@example.org',
  hostname: 'example.org',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  regex: '^a$',
  uuid: '123e4567-e89b-12d3-a456-426614174000',
  'json-pointer': '/a',
  'json-pointer-uri-fragment': '#/a',
  'relative-json-pointer': '0/a',
  byte: 'YQ==',
};

function textOf(schema: JsonObject): string {
  const format = own(schema, 'format');
  if (typeof format === 'string' && Object.hasOwn(formats, format)) return formats[format] ?? '';
  const least = Math.min(numberAt(schema, 'minLength') ?? 0, 10_000);
  const most = numberAt(schema, 'maxLength') ?? Infinity;
  return 'sample text'.repeat(Math.ceil(Math.max(least, 1) / 11)).slice(0, Math.min(Math.max(least, 11), most));
}

function numberOf(schema: JsonObject, type: 'number' | 'integer'): number {
  const step = numberAt(schema, 'multipleOf') ?? (type === 'integer' ? 1 : 0.5);
  const above = numberAt(schema, 'exclusiveMinimum');
  const least = numberAt(schema, 'minimum') ?? above;
  const most = numberAt(schema, 'maximum') ?? numberAt(schema, 'exclusiveMaximum');
  if (least === undefined) return most === undefined || most > step ? step : Math.floor(most / step - 1) * step;
  const first = Math.ceil(least / step) * step;
  return first === above ? first + step : first;
}

function numberAt(schema: JsonObject, keyword: string): number | undefined {
  const value = own(schema, keyword);
  return typeof value === 'number' ? value : undefined;
}
