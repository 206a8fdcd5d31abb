import { integer, integerOrAuto, oneOf, path, redisUrl, secret, size, switches, texts, word } from './value-type.ts';
import type { ValueType } from './value-type.ts';

/** Everything about one setting; validation, JSON schema, example file and README table come from these. */
export interface Setting<Value> {
  readonly type: ValueType<Value>;
  readonly default: NoInfer<Value>;
  /** Environment variable. */
  readonly env?: string;
  /** A second one, which other programs read, too; `env` counts before it. */
  readonly otherEnv?: string;
  /** Command-line option, as the user types it. */
  readonly flag?: string;
  /** A path, relative to the folder of the configuration file, else to the working directory. In force, it is absolute. */
  readonly isPath?: true;
  /** One sentence. */
  readonly help: string;
  /** What a stronger layer does to a weaker one's value: take its place (default), add to its list, or set some of its names. */
  readonly merge?: 'append' | 'assign';
}

const MiB = 1_048_576;

/** The one table of settings, by key; a dot stands for nesting in the file. */
export const settings = {
  level: setting({
    type: oneOf(['safe', 'balanced', 'aggressive']),
    default: 'safe',
    env: 'BOOSTER_LEVEL',
    flag: '--level',
    help: 'How much a rewrite may assume: safe nothing unproven, balanced one stated assumption, aggressive an observable change.',
  }),
  rules: setting({
    type: switches(),
    default: {},
    flag: '--no-rule',
    merge: 'assign',
    help: 'Rules by id: false switches one off, true on again.',
  }),
  ignore: setting({
    type: texts(),
    default: [],
    flag: '--ignore-pattern',
    merge: 'append',
    help: 'Files to leave out, in the syntax of .gitignore, relative to the folder of this file.',
  }),
  reporter: setting({
    type: oneOf(['pretty', 'concise', 'summary', 'json', 'jsonl', 'github']),
    default: 'pretty',
    flag: '--reporter',
    help: 'How results are printed.',
  }),
  threads: setting({
    type: integerOrAuto(1, 64),
    default: 'auto',
    env: 'BOOSTER_THREADS',
    flag: '--threads',
    help: 'Worker threads; auto takes what the machine has, and none for a single file.',
  }),
  node: setting({
    type: integerOrAuto(18, 99),
    default: 'auto',
    flag: '--node',
    help: 'Major version of the Node that will run the code, for rules that win on some only; auto is the one that runs booster.',
  }),
  maxBytes: setting({
    type: size(1, 1_024 * MiB),
    default: MiB,
    flag: '--max-bytes',
    help: 'Larger files are refused.',
  }),
  color: setting({
    type: oneOf(['auto', 'always', 'never']),
    default: 'auto',
    flag: '--color',
    help: 'Colours in the output; auto looks at the terminal and NO_COLOR.',
  }),
  'apply.strictness': setting({
    type: oneOf(['strict', 'balanced', 'permissive']),
    default: 'balanced',
    flag: '--strictness',
    help: 'How sure the place of an edit must be: strict both ends unique in the file, balanced one of them, permissive the likeliest place (look at the diff).',
  }),
  'pool.maximum': setting({
    type: integer(1, 64),
    default: 10,
    env: 'WASM_POOL_SIZE',
    flag: '--pool-size',
    help: 'Most WebAssembly instances at one time.',
  }),
  // With the least one, 30 MB are the parser's and 33.5 MB the tolerant reader's, which starts with that.
  'pool.memoryLimit': setting({
    type: size(64_000_000, 4_096 * MiB),
    default: 512_000_000,
    env: 'WASM_MEMORY_LIMIT',
    flag: '--memory-limit',
    help: 'Memory limit of one WebAssembly instance.',
  }),
  'pool.taskTimeoutMs': setting({
    type: integer(10, 3_600_000),
    default: 30_000,
    env: 'WASM_TASK_TIMEOUT',
    flag: '--task-timeout',
    help: 'Time limit of one task in milliseconds, waiting included.',
  }),
  'pool.resident': setting({
    type: oneOf(['auto', 'never']),
    default: 'auto',
    env: 'BOOSTER_RESIDENT',
    flag: '--no-resident',
    help: 'Whether a resident pool (booster pool run) does the work when the project has one.',
  }),
  'pool.healthCheckIntervalMs': setting({
    type: integer(1000, 3_600_000),
    default: 30_000,
    env: 'BOOSTER_HEALTH_CHECK_INTERVAL',
    flag: '--health-check-interval',
    help: 'Milliseconds between the health checks of idle WebAssembly instances.',
  }),
  'pool.heartbeatMs': setting({
    type: integer(100, 600_000),
    default: 5000,
    env: 'BOOSTER_HEARTBEAT',
    help: 'Milliseconds between the heartbeats of a pool in the record store; without two of them in a row, it counts as dead.',
  }),
  'records.keep': setting({
    type: oneOf(['auto', 'never']),
    default: 'auto',
    env: 'BOOSTER_RECORDS',
    flag: '--no-record',
    help: 'Whether runs are recorded (see booster runs); never source code.',
  }),
  'records.store': setting({
    type: path(),
    isPath: true,
    default: '',
    env: 'BOOSTER_STORE',
    flag: '--store',
    help: "Folder of the record store; empty for booster's folder in $XDG_STATE_HOME or ~/.local/state.",
  }),
  'records.maximum': setting({
    type: integer(100, 1_000_000),
    default: 20_000,
    help: 'How many records the local store keeps; the oldest go first.',
  }),
  'records.maximumAgeDays': setting({
    type: integer(1, 3650),
    default: 30,
    help: 'How many days the local store keeps a record.',
  }),
  'redis.url': setting({
    type: redisUrl(),
    default: 'none',
    env: 'BOOSTER_REDIS_URL',
    otherEnv: 'REDIS_URL',
    flag: '--redis',
    help: 'Redis server that records and health go to, besides the local store; rediss:// is TLS.',
  }),
  'redis.password': setting({
    type: secret(),
    default: '',
    env: 'BOOSTER_REDIS_PASSWORD',
    help: 'Password for Redis, instead of one in the URL. It is never shown.',
  }),
  'redis.passwordFile': setting({
    type: path(),
    isPath: true,
    default: '',
    env: 'BOOSTER_REDIS_PASSWORD_FILE',
    help: 'File with the password for Redis in its first line.',
  }),
  'redis.prefix': setting({
    type: word('A-Za-z0-9:._-', 100),
    default: 'swarm:phase-5',
    env: 'BOOSTER_REDIS_PREFIX',
    help: 'What all keys and channels in Redis begin with.',
  }),
  'redis.ttlSeconds': setting({
    type: integer(1, 31_536_000),
    default: 3600,
    env: 'REDIS_BOOSTER_TTL',
    help: 'Seconds for which Redis keeps what it got.',
  }),
  'redis.delivery': setting({
    type: oneOf(['background', 'wait']),
    default: 'background',
    env: 'BOOSTER_REDIS_DELIVERY',
    flag: '--wait-redis',
    help: 'Who brings records to Redis: a short process in the background, or the command itself before it ends.',
  }),
  'redis.waitMs': setting({
    type: integer(1, 60_000),
    default: 150,
    env: 'BOOSTER_REDIS_WAIT_MS',
    help: 'Milliseconds that a command waits for Redis at most, when it waits; then the records are brought later.',
  }),
  'redis.ca': setting({
    type: path(),
    isPath: true,
    default: '',
    env: 'BOOSTER_REDIS_CA',
    help: 'File with the certificates that may vouch for the server (PEM), instead of those that Node brings along.',
  }),
  'redis.cert': setting({
    type: path(),
    isPath: true,
    default: '',
    env: 'BOOSTER_REDIS_CERT',
    help: 'File with the certificate of this client (PEM).',
  }),
  'redis.key': setting({
    type: path(),
    isPath: true,
    default: '',
    env: 'BOOSTER_REDIS_KEY',
    help: 'File with the private key of this client (PEM).',
  }),
  'cache.use': setting({
    type: oneOf(['auto', 'never']),
    default: 'auto',
    env: 'BOOSTER_CACHE',
    flag: '--no-cache',
    help: 'Whether results of optimize and apply are kept in the record store, and taken from there for the same input.',
  }),
  'cache.maximumBytes': setting({
    type: size(MiB, 4_096 * MiB),
    default: 64 * MiB,
    help: 'How much room kept results may take.',
  }),
};

export type SettingKey = keyof typeof settings;

type ValueOf<Key extends SettingKey> = (typeof settings)[Key]['default'];

/** The value of every setting in force, nested as in the file; frozen in depth. */
export type ResolvedConfig = {
  readonly [Key in SettingKey as Key extends `${string}.${string}` ? never : Key]: ValueOf<Key>;
} & { readonly [Name in 'apply' | 'pool' | 'records' | 'redis' | 'cache']: SettingGroup<Name> };

type SettingGroup<Group extends string> = {
  readonly [Key in SettingKey as Key extends `${Group}.${infer Name}` ? Name : never]: ValueOf<Key>;
};

export const settingKeys: readonly SettingKey[] = Object.keys(settings).filter(
  (key): key is SettingKey => key in settings,
);

/** A setting whatever its type, for code that treats all alike. */
export function settingOf(key: SettingKey): Setting<unknown> {
  const table: Readonly<Record<SettingKey, unknown>> = settings;
  return table[key] as Setting<unknown>;
}

function setting<Value>(definition: Setting<Value>): Setting<Value> {
  return definition;
}
