import { isObject } from './json-value.ts';
import type { JsonObject } from './json-value.ts';

/** What was seen at one place of the samples. */
interface Seen {
  readonly kinds: Set<string>;
  /** How often an object stood here, and how often each of its keys. */
  objects: number;
  readonly keys: Map<string, { count: number; readonly seen: Seen }>;
  items: Seen | undefined;
}

/**
 * A JSON Schema that all samples fit: a key is required when each object at its place has it. Strings stay strings, whatever they
 * look like, as that is what `JSON.parse` gives.
 */
export function inferSchema(samples: readonly unknown[]): JsonObject {
  const seen = newSeen();
  for (const sample of samples) look(sample, seen);
  return schemaOf(seen);
}

function newSeen(): Seen {
  return { kinds: new Set(), objects: 0, keys: new Map(), items: undefined };
}

function look(value: unknown, seen: Seen): void {
  if (Array.isArray(value)) {
    seen.kinds.add('array');
    seen.items ??= newSeen();
    for (const each of value) look(each, seen.items);
  } else if (isObject(value)) {
    seen.kinds.add('object');
    seen.objects += 1;
    for (const [key, each] of Object.entries(value)) {
      const entry = seen.keys.get(key) ?? { count: 0, seen: newSeen() };
      entry.count += 1;
      seen.keys.set(key, entry);
      look(each, entry.seen);
    }
  } else seen.kinds.add(value === null ? 'null' : typeof value);
}

const order = ['string', 'number', 'boolean', 'object', 'array', 'null'];

function schemaOf(seen: Seen): JsonObject {
  const types = order.filter((kind) => seen.kinds.has(kind));
  if (types.length === 0) return {};
  const schema: Record<string, unknown> = { type: types.length === 1 ? types[0] : types };
  if (seen.kinds.has('object')) {
    const keys = [...seen.keys];
    schema['properties'] = Object.fromEntries(keys.map(([key, { seen: each }]) => [key, schemaOf(each)]));
    schema['required'] = keys.filter(([, { count }]) => count === seen.objects).map(([key]) => key);
  }
  if (seen.items !== undefined) schema['items'] = schemaOf(seen.items);
  return schema;
}
