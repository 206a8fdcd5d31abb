import { BoosterError } from '../shared/errors.ts';
import { settingKeys, settingOf } from './settings.ts';
import type { SettingKey } from './settings.ts';
import { suggest } from './suggest.ts';
import type { ValueType } from './value-type.ts';

/** Values of some settings, checked. */
export type SettingValues = ReadonlyMap<SettingKey, unknown>;

/** Longer values are cut in messages. */
const shownLength = 60;

/**
 * Checks the content of a configuration file. `$schema` may be there, for editors.
 *
 * @param where names the file in messages
 * @throws BoosterError `E_CONFIG_INVALID` for unknown keys (with the nearest known ones) and wrong values
 */
export function readSettings(content: unknown, where: string): SettingValues {
  const values = new Map<SettingKey, unknown>();
  if (content !== undefined && content !== null) readObject(content, '', where, values);
  return values;
}

function readObject(content: unknown, prefix: string, where: string, values: Map<SettingKey, unknown>): void {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    const subject = prefix === '' ? 'the configuration' : prefix.slice(0, -1);
    throw invalid(where, prefix, `${subject} must be an object of settings, not ${show(content)}`);
  }
  for (const [name, raw] of Object.entries(content)) {
    const key = prefix + name;
    if (key === '$schema') {
      if (typeof raw !== 'string') throw invalid(where, key, `$schema: ${show(raw)} is not a text`);
    } else if (isSettingKey(key, prefix)) {
      const { type } = settingOf(key);
      const value = type.read(raw);
      if (value === undefined) throw invalid(where, key, `${key}: ${quote(type, raw)} is not ${type.expected}`);
      values.set(key, value);
    } else if (prefix === '' && isGroup(name)) readObject(raw, `${name}.`, where, values);
    else throw unknownKey(where, key, prefix);
  }
}

/** A dotted key counts only in nested form, so that each setting is written in one way. */
function isSettingKey(key: string, prefix: string): key is SettingKey {
  return settingKeys.some((known) => known === key) && !key.slice(prefix.length).includes('.');
}

function isGroup(name: string): boolean {
  return settingKeys.some((key) => key.startsWith(`${name}.`));
}

function unknownKey(where: string, key: string, prefix: string): BoosterError {
  const inside = settingKeys
    .filter((known) => known.startsWith(prefix))
    .map((known) => known.slice(prefix.length).replace(/\..*/, ''));
  const near = suggest(key.slice(prefix.length), [...new Set(inside)]).map((name) => `"${prefix}${name}"`);
  const [group, name] = key.split('.');
  const nested = settingKeys.some((known) => known === key)
    ? `; write it nested: ${group ?? ''}: { ${name ?? ''}: … }`
    : '';
  const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : nested;
  return invalid(where, key, `unknown key ${JSON.stringify(cut(key))}${hint}`);
}

function invalid(where: string, key: string, what: string): BoosterError {
  return new BoosterError('E_CONFIG_INVALID', `${where}: ${what}`, { where, key });
}

/** A value that is not of a type, as a message quotes it. */
export function quote(type: Pick<ValueType<unknown>, 'quote'>, raw: unknown): string {
  return (type.quote ?? show)(raw);
}

/** A value as a message shows it, one level deep: configurations come from code and YAML, and may refer to themselves. */
function show(value: unknown): string {
  if (Array.isArray(value)) return cut(`[${value.map(showInner).join(', ')}]`);
  if (typeof value !== 'object' || value === null) return showInner(value);
  const entries = Object.entries(value).map(([name, inner]) => `${name}: ${showInner(inner)}`);
  return cut(entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`);
}

function showInner(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value));
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' || typeof value === 'symbol' ? `a ${typeof value}` : String(value);
}

function cut(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
