import type { ResidentEndpoint } from '../resident/resident-place.ts';
import type { Identity } from '../resident/resident-protocol.ts';
import { removeEntry } from '../resident/claim-endpoint.ts';
import { ResidentLink } from '../resident/ResidentLink.ts';
import { BoosterError, asBoosterError } from '../shared/errors.ts';
import { commandPatienceMs } from './command-patience.ts';

/**
 * Asks the pool at an endpoint to end, whatever its version, and waits until its process is gone. `false` when nobody
 * was there any more; what was left of that one is removed.
 * @throws BoosterError E_RESIDENT_SILENT, E_TASK_ABORTED
 */
export async function endPool(endpoint: ResidentEndpoint, identity: Identity, signal: AbortSignal): Promise<boolean> {
  const link = new ResidentLink(endpoint, { identity, patienceMs: commandPatienceMs });
  const letGo = (): void => {
    link.close();
  };
  signal.addEventListener('abort', letGo, { once: true });
  try {
    link.stop();
    await link.welcomed;
  } catch (error) {
    const { code } = asBoosterError(error);
    if (code === 'E_RESIDENT_ABSENT') {
      removeEntry(endpoint);
      return false;
    }
    // of another version, it has heard the request all the same; gone already is as good as asked
    if (code !== 'E_RESIDENT_VERSION' && code !== 'E_RESIDENT_LOST') throw error;
  } finally {
    if (!signal.aborted) await link.closed;
    signal.removeEventListener('abort', letGo);
  }
  if (signal.aborted) throw new BoosterError('E_TASK_ABORTED', 'interrupted; the pool ends when its tasks have');
  return true;
}
