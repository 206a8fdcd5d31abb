import { dirname, resolve } from 'node:path';
import { encryptionVariable, readEncryptionKeys } from '../shared/encryption-keys.ts';
import { BoosterError } from '../shared/errors.ts';
import { loadConfig } from './load-config.ts';
import type { LoadedConfig } from './load-config.ts';
import { quote } from './read-settings.ts';
import type { SettingValues } from './read-settings.ts';
import { settingKeys, settingOf } from './settings.ts';
import type { ResolvedConfig, SettingKey } from './settings.ts';

export interface ResolveOptions {
  /** What the command line says, by setting; texts are read like environment variables. `undefined` counts as absent. */
  readonly flags?: Readonly<Partial<Record<SettingKey, unknown>>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  /** Value of `--config`. */
  readonly configPath?: string;
  /** Neither a configuration file nor variables for settings are read, but for the machine's limits (`WASM_…`). */
  readonly isolated?: boolean;
}

export interface Resolution {
  readonly config: ResolvedConfig;
  /** Where each value comes from: `default`, `file .boosterrc`, `environment BOOSTER_LEVEL`, `flag --level`; merged values name several, joined by ` + `. */
  readonly origins: Readonly<Record<SettingKey, string>>;
  /** The configuration file that was read. */
  readonly file?: { readonly path: string; readonly name: string };
  /** The patterns of `ignore` with the folders that they are relative to: the file's, and `cwd` for the command line. */
  readonly ignoreSources: readonly { readonly base: string; readonly patterns: readonly string[] }[];
}

interface Layer {
  readonly values: SettingValues;
  readonly origin: (key: SettingKey) => string;
}

/**
 * The settings in force: defaults < configuration file < environment < command line.
 *
 * @throws BoosterError `E_CONFIG_NOT_FOUND`, `E_CONFIG_INVALID` (file or environment), `E_CLI_USAGE` (flags)
 */
export async function resolveConfig(options: ResolveOptions): Promise<Resolution> {
  const { cwd, flags = {}, env = {}, isolated = false } = options;
  // what should be encrypted must not be kept otherwise, nor be left out without a word
  readEncryptionKeys(env[encryptionVariable]);
  const file = isolated ? undefined : await loadFile(options, env);
  const fileFolder = file === undefined ? cwd : dirname(file.path);
  const fromFlags = withPaths(readFlags(flags), cwd);
  const layers: Layer[] = [
    { values: withPaths(file?.values ?? new Map(), fileFolder), origin: () => `file ${file?.name ?? ''}` },
    {
      values: withPaths(readEnvironment(env, isolated), cwd),
      origin: (key) => `environment ${variableOf(key, env, isolated) ?? ''}`,
    },
    { values: fromFlags, origin: (key) => `flag ${flagOf(key)}` },
  ];
  const merged = settingKeys.map((key) => [key, mergeLayers(key, layers)] as const);
  const ignoreSources = [
    { base: fileFolder, patterns: patternsOf(file?.values) },
    { base: cwd, patterns: patternsOf(fromFlags) },
  ].filter(({ patterns }) => patterns.length > 0);
  const origins = Object.fromEntries(merged.map(([key, { origin }]) => [key, origin])) as Record<SettingKey, string>;
  return deepFreeze({
    config: nest(merged.map(([key, { value }]) => [key, value])),
    origins,
    ignoreSources,
    ...(file === undefined ? {} : { file: { path: file.path, name: file.name } }),
  });
}

async function loadFile(
  { cwd, configPath }: ResolveOptions,
  env: NonNullable<ResolveOptions['env']>,
): Promise<LoadedConfig | undefined> {
  const home = env['HOME'] ?? env['USERPROFILE'];
  return loadConfig({
    cwd,
    ...(configPath === undefined ? {} : { configPath }),
    ...(home === undefined ? {} : { home }),
  });
}

/** An empty variable counts as unset: that is how shells and CI systems clear one. */
function readEnvironment(env: NonNullable<ResolveOptions['env']>, isolated: boolean): SettingValues {
  const values = new Map<SettingKey, unknown>();
  for (const key of settingKeys) {
    const name = variableOf(key, env, isolated);
    if (name === undefined) continue;
    const { type } = settingOf(key);
    const text = env[name]?.trim() ?? '';
    const value = type.readText(text);
    if (value === undefined) {
      throw new BoosterError('E_CONFIG_INVALID', `${name}: ${quote(type, text)} is not ${type.expected}`, {
        key,
        environment: name,
      });
    }
    values.set(key, value);
  }
  return values;
}

/** The variable that says the value of a setting; of two that are set, the one that is for booster alone. */
function variableOf(key: SettingKey, env: NonNullable<ResolveOptions['env']>, isolated: boolean): string | undefined {
  const { env: own, otherEnv: shared } = settingOf(key);
  return [own, shared].find(
    (name) => name !== undefined && !(isolated && !name.startsWith('WASM_')) && (env[name]?.trim() ?? '') !== '',
  );
}

function readFlags(flags: NonNullable<ResolveOptions['flags']>): SettingValues {
  const values = new Map<SettingKey, unknown>();
  for (const key of settingKeys) {
    const raw = flags[key];
    if (raw === undefined) continue;
    const { type } = settingOf(key);
    const value = typeof raw === 'string' ? type.readText(raw) : type.read(raw);
    if (value === undefined) {
      throw new BoosterError('E_CLI_USAGE', `${flagOf(key)}: ${quote(type, raw)} is not ${type.expected}`, {
        key,
        flag: flagOf(key),
      });
    }
    values.set(key, value);
  }
  return values;
}

/** Makes the paths among some values absolute. */
function withPaths(values: SettingValues, folder: string): SettingValues {
  return new Map(
    [...values].map(([key, value]) => {
      const isRelative = settingOf(key).isPath === true && typeof value === 'string' && value !== '';
      return [key, isRelative ? resolve(folder, value) : value];
    }),
  );
}

function flagOf(key: SettingKey): string {
  return settingOf(key).flag ?? key;
}

function mergeLayers(key: SettingKey, layers: readonly Layer[]): { readonly value: unknown; readonly origin: string } {
  const { default: initial, merge } = settingOf(key);
  let value = initial;
  let origins: string[] = [];
  for (const { values, origin } of layers) {
    if (!values.has(key)) continue;
    const next = values.get(key);
    if (merge === 'append' && Array.isArray(value) && Array.isArray(next)) value = value.concat(next);
    else if (merge === 'assign') value = { ...(value as object), ...(next as object) };
    else {
      value = next;
      origins = [];
    }
    origins.push(origin(key));
  }
  return { value, origin: origins.length === 0 ? 'default' : origins.join(' + ') };
}

function patternsOf(values: SettingValues | undefined): readonly string[] {
  return (values?.get('ignore') ?? []) as readonly string[];
}

/** `pool.maximum` becomes `pool: { maximum }`; the table of settings guarantees the type. */
function nest(entries: readonly (readonly [string, unknown])[]): ResolvedConfig {
  const result: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    const [group, name] = key.split('.');
    if (group === undefined || name === undefined) result[key] = value;
    else result[group] = { ...(result[group] as object | undefined), [name]: value };
  }
  return result as ResolvedConfig;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
