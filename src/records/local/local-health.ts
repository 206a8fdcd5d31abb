import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BoosterError } from '../../shared/errors.ts';
import { systemCode } from '../../shared/system-fault.ts';
import { boosterFields, instanceFields, readBooster, readInstance } from '../health-fields.ts';
import type { Fields } from '../health-fields.ts';
import type { BoosterHealth, InstanceHealth } from '../health.ts';
import { isRecord } from '../is-record.ts';
import type { HealthStore, TroubleListener } from '../record-store.ts';
import { checkOwner, makePrivateFolder } from './private-folder.ts';
import type { StorePlace } from './store-place.ts';
import { storeProblem } from './store-problem.ts';

const folderName = 'health';

/** What is older is of no use to anybody, and is removed when something is saved. */
const boosterMaximumAgeMs = 7 * 86_400_000;
const instanceMaximumAgeMs = 3_600_000;

type Kind = 'booster' | 'instance';

/** Health of the pools of this machine: a file for each booster and each instance, replaced as a whole at every heartbeat. */
export class LocalHealth implements HealthStore {
  readonly #place: StorePlace;
  readonly #folder: string;
  readonly #onTrouble: TroubleListener;
  #hasSwept = false;

  constructor(place: StorePlace, onTrouble: TroubleListener) {
    this.#place = place;
    this.#folder = join(place.folder, folderName);
    this.#onTrouble = onTrouble;
  }

  saveBooster(health: BoosterHealth): Promise<void> {
    this.#attempt(() => {
      this.#write('booster', health.id, boosterFields(health));
      this.#sweep();
    });
    return Promise.resolve();
  }

  saveInstances(instances: readonly InstanceHealth[]): Promise<void> {
    this.#attempt(() => {
      for (const health of instances) this.#write('instance', health.id, instanceFields(health));
    });
    return Promise.resolve();
  }

  removeInstances(ids: readonly string[]): Promise<void> {
    this.#attempt(() => {
      for (const id of ids) rmSync(this.#path('instance', id), { force: true });
    });
    return Promise.resolve();
  }

  boosters(): Promise<readonly BoosterHealth[]> {
    return Promise.resolve(this.#readAll('booster', readBooster));
  }

  instances(): Promise<readonly InstanceHealth[]> {
    return Promise.resolve(this.#readAll('instance', readInstance));
  }

  #write(kind: Kind, id: string, fields: Fields): void {
    checkOwner(this.#place);
    const path = this.#path(kind, id);
    const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
    const write = (): void => {
      writeFileSync(temporary, JSON.stringify(fields), { mode: 0o600, flag: 'wx' });
    };
    try {
      write();
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
      makePrivateFolder(this.#place, folderName);
      write();
    }
    renameSync(temporary, path);
  }

  #path(kind: Kind, id: string): string {
    // an id may hold anything, and be longer than a name
    const hash = createHash('sha256').update(id).digest('hex').slice(0, 24);
    return join(this.#folder, `${kind}-${hash}.json`);
  }

  /** @throws BoosterError E_STORE_READ */
  #readAll<Health>(kind: Kind, parse: (fields: Fields) => Health | undefined): Health[] {
    return this.#names(kind).flatMap((name) => {
      const fields = readFields(join(this.#folder, name));
      if (fields === undefined) return [];
      const health = parse(fields);
      if (health !== undefined) return [health];
      this.#dropDamaged(join(this.#folder, name));
      return [];
    });
  }

  /** The next heartbeat writes it anew; of a pool that is gone, nothing is missed. */
  #dropDamaged(path: string): void {
    this.#attempt(() => {
      rmSync(path, { force: true });
    });
    this.#onTrouble(new BoosterError('E_STORE_DAMAGED', `${path}: was damaged, and has been removed`, { path }));
  }

  #names(kind: Kind): string[] {
    try {
      return readdirSync(this.#folder).filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.json'));
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
      throw storeProblem(error, this.#folder, 'E_STORE_READ');
    }
  }

  /** Once for each process: what boosters left that were killed, and half written files. */
  #sweep(): void {
    if (this.#hasSwept) return;
    this.#hasSwept = true;
    const now = Date.now();
    const isOld = (fields: Fields | undefined, maximumAgeMs: number): boolean =>
      now - Number(fields?.['heartbeatAt'] ?? 0) > maximumAgeMs;
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      const limit = name.startsWith('booster-') ? boosterMaximumAgeMs : instanceMaximumAgeMs;
      if (name.endsWith('.tmp') || isOld(readFields(path), limit)) rmSync(path, { force: true });
    }
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#onTrouble(storeProblem(error, this.#folder, 'E_STORE_WRITE'));
    }
  }
}

/** `undefined` when it is gone; without fields when it is damaged. */
function readFields(path: string): Fields | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? undefined : {};
  }
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}
