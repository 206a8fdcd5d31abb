import { describe, expect, it } from 'vitest';
import { parseRedisUrl, redactUrls } from '../../../src/shared/redis-url.ts';

describe('an address of Redis', () => {
  it.each([
    ['redis://host', { tls: false, host: 'host', port: 6379, database: 0 }],
    ['rediss://host:7000/2', { tls: true, host: 'host', port: 7000, database: 2 }],
    ['redis://:pw@host/', { tls: false, host: 'host', port: 6379, password: 'pw', database: 0 }],
    [
      'redis://us%40er:p%3Aw@[::1]:1',
      { tls: false, host: '::1', port: 1, user: 'us@er', password: 'p:w', database: 0 },
    ],
  ])('is read: %s', (url, address) => {
    expect(parseRedisUrl(url)).toEqual(address);
  });

  it.each([
    '',
    'none',
    'http://a',
    'redis:a',
    'redis://a/b',
    'redis://a/1/2',
    'redis://a?x',
    'redis://a#x',
    'redis://%:@a',
  ])('is nothing else: %j', (url) => {
    expect(parseRedisUrl(url)).toBeUndefined();
  });
});

describe('redacting', () => {
  it('takes user and password out of every URL', () => {
    expect(redactUrls('a redis://u:p@h:1/2 b rediss://:x@y@[::1]')).toBe('a redis://***@h:1/2 b rediss://***@[::1]');
  });

  it('leaves a text without secrets alone', () => {
    expect(redactUrls('redis://h:1 me@example.org')).toBe('redis://h:1 me@example.org');
  });
});
