import { connect, isIP } from 'node:net';
import { parseRedisUrl } from '../../shared/redis-url.ts';
import { faultText } from './redis-fault.ts';

/**
 * Begins to connect to a server, and closes again as soon as it is connected. The function that comes back ends the attempt and says
 * what has gone wrong so far. It waits for nothing: with this, a command that leaves Redis to a background process can say at once that
 * nobody listens on this machine. A host that has to be looked up is left alone, because that look-up would hold the process.
 */
export function probeRedis(url: string): () => string | undefined {
  const address = parseRedisUrl(url);
  if (address === undefined || (isIP(address.host) === 0 && address.host !== 'localhost')) return () => undefined;
  let fault: string | undefined;
  const socket = connect(address.port, address.host === 'localhost' ? '127.0.0.1' : address.host);
  socket.on('error', (error) => (fault ??= faultText(error)));
  socket.on('connect', () => socket.destroy());
  socket.unref();
  return () => {
    socket.destroy();
    return fault;
  };
}
