import type { Resolution } from '../config/resolve-config.ts';
import { LocalStore } from '../records/local/LocalStore.ts';
import type { RunStore, TroubleListener } from '../records/record-store.ts';
import { BoosterError } from '../shared/errors.ts';
import { configuredLimits, configuredPlace } from './store-settings.ts';
import type { StoreIo } from './store-settings.ts';

/**
 * Opens the store that the runs of this user are in.
 * @throws BoosterError E_STORE_NOWHERE
 */
export function openRunStore(resolution: Resolution, io: StoreIo, onTrouble: TroubleListener): RunStore {
  const place = configuredPlace(resolution, io);
  if (place === undefined) throw new BoosterError('E_STORE_NOWHERE', 'the environment names no folder for it');
  return new LocalStore({ place, limits: configuredLimits(resolution), onTrouble });
}
