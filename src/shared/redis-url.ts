/** What the address of a Redis server says. */
export interface RedisAddress {
  /** `rediss://`. */
  readonly tls: boolean;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** Of the access control list; without one, the user `default`. */
  readonly user?: string;
  readonly password?: string;
  /** Number of the database, 0 without one. */
  readonly database: number;
}

const defaultPort = 6379;

/** Reads `redis[s]://[[user]:password@]host[:port][/database]`; `undefined` for anything else. */
export function parseRedisUrl(text: string): RedisAddress | undefined {
  if (/\s/.test(text)) return undefined;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  const { protocol, hostname, port, pathname, search, hash, username, password } = url;
  if (protocol !== 'redis:' && protocol !== 'rediss:') return undefined;
  const database = /^(?:\/(\d{0,4}))?$/.exec(pathname);
  if (hostname === '' || database === null || search !== '' || hash !== '') return undefined;
  const [user, secret] = [decoded(username), decoded(password)];
  if (user === undefined || secret === undefined) return undefined;
  return {
    tls: protocol === 'rediss:',
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? defaultPort : Number(port),
    ...(user !== '' && { user }),
    ...(secret !== '' && { password: secret }),
    database: Number(database[1] ?? 0),
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * Takes user and password out of every URL in a text, for everything that is printed or written. An address that was not
 * understood may hold its password anywhere before the last `@`, so all of that goes.
 */
export function redactUrls(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)\S*@/gi, '$1***@');
}
