import { BoosterError, isBoosterError } from '../../shared/errors.ts';
import { redactUrls } from '../../shared/redis-url.ts';

const longest = 160;

/** What an error of Redis, its client or the network means, in a few words; the first that fits counts. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'connection refused'],
  [/ENOTFOUND|EAI_/, 'host not found'],
  [/EHOSTUNREACH|ENETUNREACH/, 'host not reachable'],
  [/ETIMEDOUT|timed out/i, 'no answer in time'],
  [/WRONGPASS|invalid username-password|invalid password/i, 'wrong user or password'],
  [/NOAUTH/, 'wants a password'],
  [/NOPERM/, 'the user has no permission'],
  [/^OOM/, 'out of memory'],
  [/^READONLY/, 'read-only replica'],
  [/^MISCONF/, 'takes no writes, as it cannot save'],
  [/^NOREPLICAS/, 'takes no writes, as its replicas are missing'],
  [/^LOADING/, 'still loading its data'],
  [/CLUSTERDOWN|Failed to refresh slots|ClusterAllFailed|Cluster isn't ready/, 'cluster is down'],
  [
    /Protocol error|wrong version number|packet length too long|unsupported protocol|EPROTO/i,
    'speaks another protocol',
  ],
  [/self[- ]signed|unable to (?:get|verify)|certificate|altnames|tlsv1|sslv3|alert/i, 'TLS'],
  [/ECONNRESET|EPIPE|Connection is closed|socket hang up|disconnected before/i, 'connection lost'],
];

/** An error in words for a warning: no secrets, one line. Texts after `: ` are the server's own. */
export function faultText(error: unknown): string {
  if (isBoosterError(error)) return error.message;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const told = `${typeof code === 'string' ? `${code} ` : ''}${typeof message === 'string' ? message : String(error)}`;
  const own = typeof message === 'string' ? message : '';
  const meaning = meanings.find(([pattern]) => pattern.test(own) || pattern.test(told))?.[1];
  const detail = redactUrls(tlsAlert(own).replaceAll(/\s+/g, ' ').trim()).slice(0, longest);
  if (meaning === undefined) return detail === '' ? 'unknown error' : detail;
  return meaning === 'TLS' || meaning.includes('permission') ? `${meaning}: ${detail}` : meaning;
}

/** Of OpenSSL's `…:error:…:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:…` the words. */
function tlsAlert(message: string): string {
  return /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message;
}

/** @param place redacted address of the server */
export function redisProblem(place: string, error: unknown): BoosterError {
  if (isBoosterError(error)) return error;
  return new BoosterError('E_REDIS_UNAVAILABLE', `Redis ${place}: ${faultText(error)}`, { place }, error);
}
