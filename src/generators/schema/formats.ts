import type { Format } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { formatPatterns, uriPattern } from './format-patterns.ts';

/** What a compiled file needs of a format: an expression, and the functions of `runtimeSources` that it calls. */
interface FormatSource {
  /** A function or an object as ajv takes it; `parameter` writes the type of a parameter where types are written. */
  readonly code: (parameter: (type: string) => string) => string;
  readonly uses: readonly string[];
}

const strings = (test: string, uses: readonly string[] = []): FormatSource => ({
  code: (type) => `(text${type('string')}) => ${test}`,
  uses,
});
const numbers = (test: string): FormatSource => ({
  code: (type) => `{ type: 'number', validate: (${test === 'true' ? '' : `value${type('number')}`}) => ${test} }`,
  uses: [],
});

/** The formats that are code; the others are regular expressions, which ajv writes out itself. */
export const formatSources: Readonly<Record<string, FormatSource>> = {
  date: strings('text.length === 10 && startsWithDate(text)', ['twoDigits', 'startsWithDate']),
  email: strings('isEmail(text)', ['isEmail']),
  uuid: strings('!notUuid.test(text)', ['notUuid']),
  time: strings('!notTime.test(text) || isRareTime(text, true)', ['notTime', 'isRareTime']),
  'date-time': strings('(!notDateTime.test(text) && hasDay(text)) || isRareDateTime(text, true)', [
    ...['notDateTime', 'twoDigits', 'startsWithDate', 'hasDay', 'isRareTime', 'isRareDateTime'],
  ]),
  'iso-time': strings('!notIsoTime.test(text) || isRareTime(text, false)', ['notIsoTime', 'isRareTime']),
  'iso-date-time': strings('(!notIsoDateTime.test(text) && hasDay(text)) || isRareDateTime(text, false)', [
    ...['notIsoDateTime', 'twoDigits', 'startsWithDate', 'hasDay', 'isRareTime', 'isRareDateTime'],
  ]),
  uri: strings("plainUri.test(text) || (text.includes('[') && anyUri.test(text))", ['plainUri', 'anyUri']),
  'uri-reference': strings("plainReference.test(text) || (text.includes('[') && anyReference.test(text))", [
    ...['plainReference', 'anyReference'],
  ]),
  hostname: strings('text.length < 64 ? shortHostname.test(text) : anyHostname.test(text)', [
    ...['shortHostname', 'anyHostname'],
  ]),
  ipv6: strings('isIpv6(text)', ['ipv4Pattern', 'isIpv6']),
  regex: strings('isRegex(text)', ['isRegex']),
  int32: numbers('Number.isInteger(value) && value >= -2147483648 && value <= 2147483647'),
  int64: numbers('Number.isInteger(value)'),
  float: numbers('true'),
  double: numbers('true'),
};

/** All formats, as ajv takes them; the parts for comparing two values are left out. */
export const formatDefinitions: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(
    Object.entries({ ...fullFormats, ...formatPatterns }).map(([name, format]) => [name, checkOf(name, format)]),
  ),
  uri: testOf(uriPattern),
};

function checkOf(name: string, format: Format): Format {
  // ajv would write a regular expression into the file itself, although there is code for it
  if (format instanceof RegExp) return Object.hasOwn(formatSources, name) ? testOf(format) : format;
  if (typeof format !== 'object' || !('validate' in format) || format.type === 'number') return format;
  return format.validate as (text: string) => boolean;
}

function testOf(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text);
}
