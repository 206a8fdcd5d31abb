import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalStore } from '../../src/records/local/LocalStore.ts';
import type { JournalLimits } from '../../src/records/local/prune-journal.ts';
import type { StorePlace } from '../../src/records/local/store-place.ts';
import { createSealer } from '../../src/records/sealing.ts';
import type { BoosterError } from '../../src/shared/errors.ts';

const limits: JournalLimits = { maximumRecords: 20_000, maximumAgeMs: 30 * 86_400_000 };

/** A store of its own for a test; nothing is in it. */
export function temporaryPlace(): StorePlace {
  const folder = mkdtempSync(join(tmpdir(), 'booster-store-'));
  return { folder, missing: [folder], userId: process.getuid?.() };
}

export function removePlace({ folder }: StorePlace): void {
  rmSync(folder, { recursive: true, force: true });
}

export function openLocal(
  place: StorePlace,
  some: Partial<JournalLimits> = {},
  keys?: string,
): { readonly store: LocalStore; readonly troubles: BoosterError[] } {
  const troubles: BoosterError[] = [];
  const onTrouble = (trouble: BoosterError): void => void troubles.push(trouble);
  return {
    store: new LocalStore({ place, limits: { ...limits, ...some }, sealer: createSealer(keys), onTrouble }),
    troubles,
  };
}
