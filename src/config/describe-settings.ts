import { settingKeys, settingOf } from './settings.ts';
import type { SettingKey } from './settings.ts';

type JsonObject = Record<string, unknown>;

/** JSON schema (draft 07) of a configuration file. */
export function configSchema(): JsonObject {
  const properties: JsonObject = { $schema: { type: 'string', description: 'This schema, for editors.' } };
  for (const { group, keys } of grouped()) {
    const own: JsonObject = {};
    for (const { key, name } of keys) {
      const { type, help } = settingOf(key);
      own[name] = { description: help, default: defaultOf(key), ...type.schema };
    }
    if (group === undefined) Object.assign(properties, own);
    else properties[group] = { type: 'object', additionalProperties: false, properties: own };
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of booster',
    type: 'object',
    additionalProperties: false,
    properties,
  };
}

/** Content of `.boosterrc.example`: every setting at its default, with what it does. */
export function configExample(): string {
  const lines = ['# Settings of booster at their defaults. Copy this file to .boosterrc and keep what you change.'];
  for (const { group, keys } of grouped()) {
    const indent = group === undefined ? '' : '  ';
    if (group !== undefined) lines.push('', `${group}:`);
    for (const { key, name } of keys) {
      const { type, help, flag } = settingOf(key);
      const others = [
        ...variables(key).map((env) => `environment ${env}`),
        ...(flag === undefined ? [] : [`flag ${flag}`]),
      ];
      if (group === undefined) lines.push('');
      lines.push(
        `${indent}# ${help}`,
        `${indent}# Value: ${type.expected}.${others.length > 0 ? ` Also: ${others.join(', ')}.` : ''}`,
      );
      lines.push(`${indent}${name}: ${yamlOf(defaultOf(key))}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The settings as a Markdown table, for the README. */
export function settingsTable(): string {
  const rows = settingKeys.map((key) => {
    const { type, help, flag } = settingOf(key);
    return [
      `\`${key}\``,
      code(yamlOf(defaultOf(key))),
      type.expected,
      variables(key).map(code).join(' or '),
      code(flag),
      help,
    ];
  });
  const head = ['Setting', 'Default', 'Value', 'Environment', 'Flag', 'What it does'];
  return [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((each) => each.replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('');
}

/** Settings by their group, in the order of the table; `undefined` for those on the top level. */
function grouped(): {
  readonly group: string | undefined;
  readonly keys: { readonly key: SettingKey; readonly name: string }[];
}[] {
  const groups = new Map<string | undefined, { key: SettingKey; name: string }[]>();
  for (const key of settingKeys) {
    const dot = key.indexOf('.');
    const group = dot < 0 ? undefined : key.slice(0, dot);
    groups.set(group, [...(groups.get(group) ?? []), { key, name: key.slice(dot + 1) }]);
  }
  return [...groups].map(([group, keys]) => ({ group, keys }));
}

function variables(key: SettingKey): string[] {
  const { env, otherEnv } = settingOf(key);
  return [env, otherEnv].filter((name) => name !== undefined);
}

function defaultOf(key: SettingKey): unknown {
  const setting = settingOf(key);
  return setting.type.write(setting.default);
}

/** JSON is YAML, except that words need no quotes. */
function yamlOf(value: unknown): string {
  return typeof value === 'string' && /^[\w.]+$/.test(value) ? value : JSON.stringify(value);
}

function code(text: string | undefined): string {
  return text === undefined ? '' : `\`${text}\``;
}
