import { fullFormats } from 'ajv-formats/dist/formats.js';

/*
 * What ajv-formats accepts, in forms that V8 runs two to five times as fast: no flag i, no loop around alternatives, and no two ways
 * to match the same text, so that there is nothing to go back to.
 */

const hex = '[0-9A-Fa-f]';
const alphanumeric = '[0-9A-Za-z]';
const atom = String.raw`[0-9A-Za-z!#$%&'*+/=?^_${'`'}{|}~-]`;
/** Of the name of a host, without a limit of its length. */
const label = `${alphanumeric}+(?:-+${alphanumeric}+)*`;
const byteNumber = String.raw`(?:1\d?\d?|2(?:[0-4]\d?|5[0-5]?|[6-9])?|[3-9]\d?|0)`;
const leapYear = String.raw`(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)`;
const commonDay = String.raw`(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31`;
const date = String.raw`(?:\d\d\d\d-(?:${commonDay})|${leapYear}-02-29)`;
/** Without leap seconds, and with at most nine digits after the point: more nines could be rounded up to the next minute. */
const commonTime = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?`;
const zone = String.raw`(?:[Zz]|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)`;
const uuidOf = (digit: string): string => [8, 4, 4, 4, 12].map((count) => digit.repeat(count)).join('-');
const urn = '(?:[Uu][Rr][Nn]:[Uu][Uu][Ii][Dd]:)?';
const dateUnits = String.raw`(?:\d+Y)?(?:\d+M)?(?:\d+D)?`;
const timeUnits = String.raw`T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?`;

/** Formats that are one pattern each. */
export const formatPatterns: Readonly<Record<string, RegExp>> = {
  date: new RegExp(`^${date}$`),
  duration: new RegExp(String.raw`^P(?!$)(?:${dateUnits}(?:${timeUnits})?|\d+W)$`),
  email: new RegExp(String.raw`^${atom}+(?:\.${atom}+)*@${label}(?:\.${label})+$`),
  ipv4: new RegExp(String.raw`^${byteNumber}\.${byteNumber}\.${byteNumber}\.${byteNumber}$`),
  uuid: new RegExp(`^${urn}${uuidOf(hex)}$`),
  // As in ajv-formats, without the flag `g`, which would make the result depend on the call before.
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/m,
};

/** @param zoneCount how often the zone stands there: once, or with `?` perhaps */
const timePattern = (zoneCount: string) => new RegExp(`^${commonTime}${zone}${zoneCount}$`);
/** With any day from 00 to 39: one pattern for the days of all months is longer, and slower than `hasDay`. */
const dateTimePattern = (zoneCount: string) =>
  new RegExp(String.raw`^\d\d\d\d-(?:0[1-9]|1[0-2])-[0-3]\d[Tt\s]${commonTime}${zone}${zoneCount}$`);

/**
 * V8 decides a class of three ranges by comparisons, and whether the next digit of an id is a letter is not to be predicted: 90 ns an id.
 * With NUL in it, the class is looked up in a table: 45 ns, with another look at each character for NUL.
 */
const uuidByTable = new RegExp(`^${urn}(?=${String.raw`[^\0]`.repeat(36)})${uuidOf(String.raw`[\0\dA-Fa-f]`)}$`);

/** From the path on, for URIs without an address in brackets. @param marks what else may stand there unescaped */
function pathToEnd(marks: string): string {
  const character = String.raw`\w\-.~!$&'()*+,;=:@/${marks}`;
  const run = (characters: string): string => `[${characters}]*(?:%${hex}{2}[${characters}]*)*`;
  const query = run(`${character}?`);
  return String.raw`${run(character)}(?:\?${query})?(?:#${query})?$`;
}

const referencePattern = fullFormats['uri-reference'] as RegExp;

/** ajv-formats keeps its pattern of absolute URIs to itself; it is the one of references with a scheme and a path, and without `"`. */
export const uriPattern = absolutePattern(referencePattern);

/**
 * Matches where a pattern from `^` to `$` does not. A match writes down where it was, and a miss does not: what is expected to be valid
 * is told some nanoseconds sooner by a pattern that misses.
 */
function not(pattern: RegExp | undefined): RegExp {
  return new RegExp(`^(?!${(pattern?.source ?? '').slice(1)})`);
}

/** Patterns that functions of compiled files use, by their name there. */
export const carriedPatterns: Readonly<Record<string, RegExp | undefined>> = {
  ipv4Pattern: formatPatterns['ipv4'],
  notUuid: not(uuidByTable),
  // what they do not match is a time but for leap seconds and long fractions
  notTime: not(timePattern('')),
  notIsoTime: not(timePattern('?')),
  notDateTime: not(dateTimePattern('')),
  notIsoDateTime: not(dateTimePattern('?')),
  // in a text of at most 63 characters, neither a label nor the name is too long
  shortHostname: new RegExp(String.raw`^${label}(?:\.${label})*\.?$`),
  anyHostname: fullFormats.hostname as RegExp,
  // Without an address in brackets, the rules of user, host and port are void: what is against them is a path whose first part is empty.
  plainUri: new RegExp(String.raw`^[A-Za-z][0-9A-Za-z+\-.]*:(?=[^?#])${pathToEnd('')}`),
  plainReference: new RegExp(`^${pathToEnd('"')}`),
  anyUri: uriPattern,
  anyReference: referencePattern,
};

function absolutePattern({ source }: RegExp): RegExp {
  const pathEnd = source.lastIndexOf(String.raw`)?(?:\?(?:`);
  const absolute = `${source.slice(0, pathEnd)})${source.slice(pathEnd + 2)}`;
  const unquoted = absolute.replaceAll('"', '');
  return new RegExp(unquoted.replace(String.raw`^(?:[a-z][a-z0-9+\-.]*:)?`, String.raw`^(?:[a-z][a-z0-9+\-.]*:)`), 'i');
}
