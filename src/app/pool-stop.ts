import { findEndpoint, residentPlace } from '../resident/resident-place.ts';
import type { Io } from '../shared/io.ts';
import { endPool } from './pool-end.ts';
import { poolIdentity } from './pool-identity.ts';

/** What `booster pool stop` found. */
export interface PoolStopOutcome {
  readonly project: string;
  /** The process that has ended; absent when none was running. */
  readonly processId?: number;
}

/**
 * Ends the resident pool of the project, if there is one, and waits until it is gone.
 * @throws BoosterError E_RESIDENT_SILENT, E_RESIDENT_DISTRUSTED, E_TASK_ABORTED
 */
export async function stopPool(io: Pick<Io, 'cwd' | 'env' | 'userId' | 'build' | 'signal'>): Promise<PoolStopOutcome> {
  const place = residentPlace(io);
  const { project } = place;
  const endpoint = findEndpoint(place);
  if (endpoint === undefined) return { project };
  const isEnded = await endPool(endpoint, poolIdentity(io), io.signal);
  return isEnded ? { project, processId: endpoint.processId } : { project };
}
