import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configExample, configSchema, settingsTable } from '../../../src/config/describe-settings.ts';
import { resolveConfig } from '../../../src/config/resolve-config.ts';
import { settingKeys, settingOf } from '../../../src/config/settings.ts';
import { tempFolder } from '../files/temp-folder.ts';

const example = new URL('../../../.boosterrc.example', import.meta.url);

describe('.boosterrc.example', () => {
  it('is what the table of settings says', () => {
    expect(readFileSync(example, 'utf8')).toBe(configExample());
  });

  it('loads, and means the defaults', async () => {
    const plain = await resolveConfig({ cwd: tempFolder({ '.git/HEAD': '' }) });
    const { config, origins } = await resolveConfig({ cwd: tempFolder({ '.boosterrc': configExample() }) });
    expect(config).toEqual(plain.config);
    expect(new Set(Object.values(origins))).toEqual(new Set(['file .boosterrc']));
  });
});

describe('the table of settings', () => {
  it.each(settingKeys)('has a default for %s that its own type reads back', (key) => {
    const { type, default: value } = settingOf(key);
    expect(type.read(type.write(value))).toEqual(value);
  });

  it('names each flag and environment variable once', () => {
    const names = settingKeys.flatMap((key) => [settingOf(key).env ?? [], settingOf(key).flag ?? []].flat());
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('configSchema', () => {
  it('describes every key and allows no others', () => {
    const schema = configSchema();
    expect(schema).toMatchObject({
      additionalProperties: false,
      properties: {
        $schema: { type: 'string' },
        level: { enum: ['safe', 'balanced', 'aggressive'], default: 'safe' },
        threads: { anyOf: [{ const: 'auto' }, { type: 'integer', minimum: 1, maximum: 64 }] },
        pool: { additionalProperties: false, properties: { memoryLimit: { default: '512MB' } } },
      },
    });
    expect(Object.keys(schema['properties'] as object)).toEqual([
      '$schema',
      ...new Set(settingKeys.map((key) => key.split('.')[0])),
    ]);
  });
});

describe('settingsTable', () => {
  it('has a row for every setting', () => {
    const rows = settingsTable().trimEnd().split('\n');
    expect(rows).toHaveLength(settingKeys.length + 2);
    expect(rows.every((row) => row.split(/(?<!\\)\|/).length === 8)).toBe(true);
    expect(settingsTable()).toContain(
      '| `pool.maximum` | `10` | an integer from 1 to 64 | `WASM_POOL_SIZE` | `--pool-size` |',
    );
  });
});
