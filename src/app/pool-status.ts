import { findEndpoint, residentPlace } from '../resident/resident-place.ts';
import type { ResidentStatus } from '../resident/resident-protocol.ts';
import { asBoosterError } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';
import { commandPatienceMs } from './command-patience.ts';
import { poolIdentity } from './pool-identity.ts';

/** What is known of the resident pool of a project. */
export interface PoolReport {
  readonly project: string;
  readonly health: 'healthy' | 'degraded' | 'none';
  /** What is wrong, in words; empty unless degraded. */
  readonly problems: readonly string[];
  /** Its own account; absent when there is none or it cannot be asked. */
  readonly status?: ResidentStatus;
}

/**
 * Asks the resident pool of the project how it is.
 * @throws BoosterError E_RESIDENT_DISTRUSTED, E_TASK_ABORTED
 */
export async function poolReport(io: Pick<Io, 'cwd' | 'env' | 'userId' | 'build'>): Promise<PoolReport> {
  const place = residentPlace(io);
  const { project } = place;
  const endpoint = findEndpoint(place);
  if (endpoint === undefined) return { project, health: 'none', problems: [] };
  const { ResidentLink } = await import('../resident/ResidentLink.ts');
  const link = new ResidentLink(endpoint, { identity: poolIdentity(io), patienceMs: commandPatienceMs });
  try {
    const status = await link.status();
    const problems = problemsOf(status);
    return { project, health: problems.length === 0 ? 'healthy' : 'degraded', problems, status };
  } catch (error) {
    const { code, message } = asBoosterError(error);
    if (code === 'E_RESIDENT_ABSENT') return { project, health: 'none', problems: [] };
    return { project, health: 'degraded', problems: [message] };
  } finally {
    link.close();
  }
}

/** What keeps a pool from being as good as it was meant to be. */
export function problemsOf({ pool, minimum }: Pick<ResidentStatus, 'pool' | 'minimum'>): string[] {
  const problems: string[] = [];
  const alive = pool.instances.filter(
    ({ state }) => state === 'starting' || state === 'idle' || state === 'busy',
  ).length;
  if (pool.state === 'closed') problems.push('it is ending');
  else if (minimum !== undefined && alive < minimum) problems.push(`${alive} of ${minimum} instances are alive`);
  if (pool.breaker !== 'closed') problems.push('its instances keep dying, so it takes no tasks for a while');
  return problems;
}
