import { stopPool } from '../../app/pool-stop.ts';
import type { Io } from '../../shared/io.ts';

/**
 * `booster pool stop`
 * @throws BoosterError E_RESIDENT_SILENT, E_RESIDENT_DISTRUSTED, E_TASK_ABORTED
 */
export async function runPoolStop(io: Io): Promise<void> {
  const { project, processId } = await stopPool(io);
  const what = processId === undefined ? 'none is running' : `process ${processId} has ended`;
  io.stdout.write(`resident pool of ${project}: ${what}\n`);
}
