import { expect, it } from 'vitest';
import { provesLinear } from '../../../../src/pool/regex/prove-linear.ts';

it.each([
  ['\\w+', 'g'],
  ['.*', ''],
  ['^\\w+=\\w+(&\\w+=\\w+)*$', ''],
  ['^(-?\\d+(?:\\.\\d+)?)\\s+(nanos?|micros?|millis?|minutes?)$', ''],
  ['^([a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z]{2,}$', ''],
  ['^(?=.*\\d)(?!.*\\.\\.)[a-z]+$', ''],
  ['(\\w+)(\\])?(\\[|\\.)?', 'g'],
  ['"([^"]+)":', 'g'],
  ['^\\s*([^\\s]+)\\s+\\S+\\s*$', ''],
  ['<!doctype\\s+([^\\s]+)\\s+system\\s+"([^"]+)"', 'i'],
  ['^[ \\t]*#include +<([\\w.]+)>', 'gm'],
])('/%s/%s is linear', (source, flags) => {
  expect(provesLinear(source, flags)).toBe(true);
});

it.each([
  ['^(a+)+$', ''],
  ['^(a|a)*$', ''],
  ['^(?:\\s|\\u00a0)*$', ''],
  ['^(?:\\S|\\u2603)*$', ''],
  ['^(?:[^\\S]|[\\u00a0-\\u00b0])*$', ''],
  ['^(?:a*)*$', ''],
  ['^(?:a?b?)*$', ''],
  ['a+b', 'm'],
  ['a+$', ''],
  ['a+b', 'g'],
  ['^.*a.*b', ''],
  ['^\\d*\\.?\\d+$', ''],
  ['a(?:[ab]*c)?', 'g'],
  ['^k+K+x', 'iu'],
  ['^k+\u212a+x', 'iu'],
  ['^(?:(?=a*b)a)*$', ''],
  ['(a+)\\1', ''],
  ['^\\s*b', 'm'],
  ['^(?=[^]*x)a', 'm'],
  ['^x\\w+\\b!', 'v'],
])('/%s/%s is not said to be', (source, flags) => {
  expect(provesLinear(source, flags)).toBe(false);
});
