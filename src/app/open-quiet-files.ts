import { hash } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import type { ResolvedConfig } from '../config/settings.ts';
import type { OptimizeRequest } from '../engine/optimize.ts';
import { WholeFile } from '../records/local/WholeFile.ts';
import { storePlace } from '../records/local/store-place.ts';
import { createSealer } from '../records/sealing.ts';
import { encryptionVariable } from '../shared/encryption-keys.ts';
import type { Io } from '../shared/io.ts';
import { QuietFiles } from './QuietFiles.ts';

/** What is the same for all files of a run, and decides what is found in them. */
export type QuietScope = Pick<OptimizeRequest, 'level' | 'rules' | 'custom'>;

/** Sealed text is a third longer. */
const maximumBytes = 8_000_000;

/** `undefined` when nothing is to be kept, or nowhere, or cannot be told from that of another version. */
export function openQuietFiles(
  { level, rules, custom }: QuietScope,
  {
    cache,
    records,
  }: { readonly cache: ResolvedConfig['cache']; readonly records: Pick<ResolvedConfig['records'], 'store'> },
  io: Pick<Io, 'env' | 'cwd' | 'platform' | 'userId' | 'build'> & Partial<Pick<Io, 'nodeVersion'>>,
): QuietFiles | undefined {
  const { build, nodeVersion, env } = io;
  const place = storePlace(io, records.store);
  if (cache.use === 'never' || build === '' || nodeVersion === undefined || place === undefined) return undefined;
  const key = hash('sha256', JSON.stringify([packageJson.version, build, nodeVersion, level, rules, custom]));
  const file = new WholeFile(place, 'cache/quiet', key, Math.min(maximumBytes, cache.maximumBytes / 4));
  return new QuietFiles(file, `quiet ${key}`, createSealer(env[encryptionVariable]));
}
