import type { Resolution } from '../config/resolve-config.ts';
import { LocalStore } from '../records/local/LocalStore.ts';
import { JointRunStore } from '../records/JointRunStore.ts';
import type { RunStore, TroubleListener } from '../records/record-store.ts';
import { createSealer } from '../records/sealing.ts';
import { encryptionVariable } from '../shared/encryption-keys.ts';
import { BoosterError, asBoosterError } from '../shared/errors.ts';
import { configuredLimits, configuredPlace } from './store-settings.ts';
import type { StoreIo } from './store-settings.ts';

/** Milliseconds that connecting to Redis, and each question to it, may take. */
const redisPatienceMs = 2000;

/**
 * Opens what the runs of this user are in: the local store, and with Redis both together. A Redis that cannot be used is told to
 * `onTrouble`, and the local store answers alone.
 * @throws BoosterError E_STORE_NOWHERE, E_CONFIG_INVALID
 */
export async function openRunStore(resolution: Resolution, io: StoreIo, onTrouble: TroubleListener): Promise<RunStore> {
  const place = configuredPlace(resolution, io);
  if (place === undefined) throw new BoosterError('E_STORE_NOWHERE', 'the environment names no folder for it');
  const sealer = createSealer(io.env[encryptionVariable]);
  const local = new LocalStore({ place, limits: configuredLimits(resolution), sealer, onTrouble });
  const { redis: settings } = resolution.config;
  if (settings.url === 'none') return local;
  const tellAlone: TroubleListener = ({ code, message, data }) => {
    onTrouble(new BoosterError(code, `${message}; only ${place.folder} is used`, data));
  };
  try {
    const { RedisStore } = await import('../records/redis/RedisStore.ts');
    const shared = await RedisStore.open({ settings, sealer, timeLeftMs: () => redisPatienceMs, onTrouble });
    return new JointRunStore(shared, local, tellAlone);
  } catch (error) {
    tellAlone(asBoosterError(error));
    return local;
  }
}
