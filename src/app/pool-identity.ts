import packageJson from '../../package.json' with { type: 'json' };
import { residentProtocol } from '../resident/resident-protocol.ts';
import type { Identity } from '../resident/resident-protocol.ts';
import type { Io } from '../shared/io.ts';

/** Who this process is when it speaks to a resident pool. */
export function poolIdentity({ build }: Pick<Io, 'build'>): Identity {
  return { version: packageJson.version, build, protocol: residentProtocol };
}
