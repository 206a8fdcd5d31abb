/**
 * Names of everything that booster has in Redis. Each command touches one key, and no part of a key is a hash tag (braces in
 * ids are escaped), so keys spread over a cluster and no operation crosses its slots.
 */
export class RedisKeys {
  /** Channel of the events. */
  readonly channel: string;
  /** Set of the ids of live instances. */
  readonly instances: string;
  /** Sorted set of boosters by their last heartbeat. */
  readonly boosters: string;
  /** Sorted set of agents by their last heartbeat. */
  readonly agents: string;
  /** Sorted set of runs by their start. */
  readonly runs: string;
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
    this.channel = `${prefix}:booster`;
    this.instances = `${prefix}:pool`;
    this.boosters = `${prefix}:boosters`;
    this.agents = `${prefix}:agents`;
    this.runs = `${prefix}:runs`;
  }

  agent(id: string): string {
    return `${this.#prefix}:agent:${escaped(id)}`;
  }

  booster(id: string): string {
    return `${this.#prefix}:booster:${escaped(id)}`;
  }

  instance(id: string): string {
    return `${this.#prefix}:pool:${escaped(id)}`;
  }

  run(id: string): string {
    return `${this.#prefix}:run:${escaped(id)}`;
  }
}

function escaped(id: string): string {
  return id.replaceAll(/[^\w:.@-]/gu, (character) =>
    Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}
