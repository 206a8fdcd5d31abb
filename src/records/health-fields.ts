import type { BoosterHealth, InstanceHealth, LatencyRecord } from './health.ts';

/** Names and texts, as a hash of Redis holds them. */
export type Fields = Readonly<Record<string, string>>;

export function boosterFields(health: BoosterHealth): Fields {
  const { latencyMs, lastError, ...plain } = health;
  return {
    ...textsOf(plain),
    ...latencyFields(latencyMs),
    ...(lastError !== undefined && {
      lastError: `${lastError.code} ${lastError.message}`,
      lastErrorAt: String(lastError.at),
    }),
  };
}

export function instanceFields(health: InstanceHealth): Fields {
  const { latencyMs, ...plain } = health;
  return { ...textsOf(plain), ...latencyFields(latencyMs) };
}

/** `undefined` when what Redis holds was not written by booster. */
export function readBooster(fields: Fields): BoosterHealth | undefined {
  const reader = new FieldReader(fields);
  const { lastError = '' } = fields;
  const [code = '', ...words] = lastError.split(' ');
  const at = reader.optional('lastErrorAt');
  const health: BoosterHealth = {
    id: reader.text('id'),
    status: reader.oneOf('status', ['active', 'degraded', 'stopped']),
    host: reader.text('host'),
    pid: reader.number('pid'),
    version: reader.text('version'),
    project: reader.text('project'),
    startedAt: reader.number('startedAt'),
    lastActivity: reader.number('lastActivity'),
    heartbeatAt: reader.number('heartbeatAt'),
    heartbeatIntervalMs: reader.number('heartbeatIntervalMs'),
    tasks: reader.number('tasks'),
    failures: reader.number('failures'),
    fallbacks: reader.number('fallbacks'),
    cacheHits: reader.number('cacheHits'),
    recycles: reader.number('recycles'),
    ...reader.latency(),
    ...(at !== undefined && { lastError: { code, message: words.join(' '), at } }),
  };
  return reader.isWhole ? health : undefined;
}

/** `undefined` when what Redis holds was not written by booster. */
export function readInstance(fields: Fields): InstanceHealth | undefined {
  const reader = new FieldReader(fields);
  const lastUsed = reader.optional('lastUsed');
  const memoryBytes = reader.optional('memoryBytes');
  const health: InstanceHealth = {
    id: reader.text('id'),
    boosterId: reader.text('boosterId'),
    host: reader.text('host'),
    pid: reader.number('pid'),
    state: reader.text('state'),
    health: reader.oneOf('health', ['healthy', 'unhealthy']),
    createdAt: reader.number('createdAt'),
    ...(lastUsed !== undefined && { lastUsed }),
    heartbeatAt: reader.number('heartbeatAt'),
    heartbeatIntervalMs: reader.number('heartbeatIntervalMs'),
    ...(memoryBytes !== undefined && { memoryBytes }),
    memoryLimitBytes: reader.number('memoryLimitBytes'),
    tasks: reader.number('tasks'),
    failures: reader.number('failures'),
    recycles: reader.number('recycles'),
    ...reader.latency(),
  };
  return reader.isWhole ? health : undefined;
}

/** Takes fields out by their type and remembers whether all were there. */
class FieldReader {
  isWhole = true;
  readonly #fields: Fields;

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  text(name: string): string {
    const text = this.#fields[name];
    if (typeof text !== 'string') this.isWhole = false;
    return text ?? '';
  }

  number(name: string): number {
    const value = this.optional(name);
    if (value === undefined) this.isWhole = false;
    return value ?? 0;
  }

  optional(name: string): number | undefined {
    const text = this.#fields[name];
    if (typeof text !== 'string' || text === '') return undefined;
    const value = Number(text);
    return Number.isFinite(value) && value >= 0 ? value : undefined;
  }

  oneOf<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const word = words.find((each) => each === this.#fields[name]);
    if (word === undefined) this.isWhole = false;
    return word ?? words[0];
  }

  latency(): { readonly latencyMs?: LatencyRecord } {
    const [p50, p95, p99] = [this.optional('p50Ms'), this.optional('p95Ms'), this.optional('p99Ms')];
    return p50 === undefined || p95 === undefined || p99 === undefined ? {} : { latencyMs: { p50, p95, p99 } };
  }
}

function textsOf(values: Readonly<Record<string, string | number | undefined>>): Fields {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function latencyFields(latency: LatencyRecord | undefined): Fields {
  if (latency === undefined) return {};
  return { p50Ms: String(latency.p50), p95Ms: String(latency.p95), p99Ms: String(latency.p99) };
}
