import type { Resolution } from '../../config/resolve-config.ts';
import type { SettingKey } from '../../config/settings.ts';
import { settingKeys, settingOf } from '../../config/settings.ts';

/** Every value in force and where it comes from, as YAML that can be saved as `.boosterrc`. */
export function configText(resolution: Resolution): string {
  const lines: [string, string][] = [];
  let group: string | undefined;
  for (const key of settingKeys) {
    const [head = key, name] = key.split('.');
    if (name !== undefined && head !== group) lines.push([`${head}:`, '']);
    group = name === undefined ? undefined : head;
    const value = JSON.stringify(writtenValue(key, resolution));
    lines.push([name === undefined ? `${key}: ${value}` : `  ${name}: ${value}`, resolution.origins[key]]);
  }
  const width = Math.max(...lines.map(([text]) => text.length));
  return lines.map(([text, origin]) => (origin === '' ? `${text}\n` : `${text.padEnd(width)}  # ${origin}\n`)).join('');
}

export function configJson(resolution: Resolution): string {
  const entries = settingKeys.map((key) => [
    key,
    { value: writtenValue(key, resolution), origin: resolution.origins[key] },
  ]);
  const file = resolution.file?.name ?? null;
  return `${JSON.stringify({ schemaVersion: 1, file, settings: Object.fromEntries(entries) as unknown }, undefined, 2)}\n`;
}

/** The value as a configuration file would say it. */
function writtenValue(key: SettingKey, { config }: Resolution): unknown {
  let value: unknown = config;
  for (const name of key.split('.')) value = (value as Readonly<Record<string, unknown>>)[name];
  return settingOf(key).type.write(value);
}
