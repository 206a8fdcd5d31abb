import { emailSource } from './email-source.ts';
import { carriedPatterns } from './format-patterns.ts';

/** Writes the type of a parameter or a result where types are written, and nothing where they are not. */
type Typing = (type: string) => string;

/** Functions that compiled files carry along instead of importing them. They mean the same as those of ajv and ajv-formats. */
export const runtimeSources: Readonly<Record<string, (typed: Typing) => string>> = {
  ...Object.fromEntries(
    Object.entries(carriedPatterns).map(([name, pattern]) => [name, () => `const ${name} = ${String(pattern)};\n`]),
  ),
  codePoints: (t) => `/** Length in characters, as JSON Schema counts: a surrogate pair is one. */
function codePoints(text${t('string')})${t('number')} {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) {
      count--;
      at++;
    }
  }
  return count;
}
`,
  isEqual: (t) => `/** Whether two JSON values are equal; the order of keys does not count. */
function isEqual(one${t('any')}, other${t('any')})${t('boolean')} {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one !== one && other !== other;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    return one.every((each, index) => isEqual(each, other[index]));
  }
  if (Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.prototype.hasOwnProperty.call(other, key) && isEqual(one[key], other[key]));
}
`,
  isRareTime: (t) => `/** Any time; leap seconds and long fractions are left to it. */
function isRareTime(text${t('string')}, needsZone${t('boolean')})${t('boolean')} {
  const match = /^(\\d\\d):(\\d\\d):(\\d\\d(?:\\.\\d+)?)(z|([+-])(\\d\\d)(?::?(\\d\\d))?)?$/i.exec(text);
  if (match === null || (needsZone && match[4] === undefined)) return false;
  const part = (group${t('number')}) => Number(match[group] ?? 0);
  const hour = part(1);
  const minute = part(2);
  const second = part(3);
  const zoneHour = part(6);
  const zoneMinute = part(7);
  if (zoneHour > 23 || zoneMinute > 59) return false;
  if (hour <= 23 && minute <= 59 && second < 60) return true;
  // A leap second is the last one of a day in UTC.
  const sign = match[5] === '-' ? -1 : 1;
  const minuteUtc = minute - zoneMinute * sign;
  const hourUtc = hour - zoneHour * sign - (minuteUtc < 0 ? 1 : 0);
  return (hourUtc === 23 || hourUtc === -1) && (minuteUtc === 59 || minuteUtc === -1) && second < 61;
}
`,
  twoDigits: (t) => `/** The number that two digits are, or -1. */
function twoDigits(text${t('string')}, at${t('number')})${t('number')} {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
`,
  startsWithDate: (t) => `function startsWithDate(text${t('string')})${t('boolean')} {
  const century = twoDigits(text, 0);
  const year = twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (century < 0 || year < 0 || month < 1 || month > 12 || day < 1) return false;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  if (day < 29) return true;
  if (month === 2) return day === 29 && (year === 0 ? century : year) % 4 === 0;
  return day < 31 || (day === 31 && month !== 4 && month !== 6 && month !== 9 && month !== 11);
}
`,
  hasDay: (t) => `/** Whether the month has the day, of a text that has the form of a date up to day 39. */
function hasDay(text${t('string')})${t('boolean')} {
  const day = text.charCodeAt(8) * 10 + text.charCodeAt(9) - 528;
  return day < 29 ? day > 0 : startsWithDate(text);
}
`,
  isEmail: emailSource,
  isRareDateTime: (t) => `function isRareDateTime(text${t('string')}, needsZone${t('boolean')})${t('boolean')} {
  return startsWithDate(text) && /^[Tt\\s]$/.test(text.charAt(10)) && isRareTime(text.slice(11), needsZone);
}
`,
  isIpv6: (t) => `function isIpv6(text${t('string')})${t('boolean')} {
  const { length } = text;
  let hasGap = text.startsWith('::');
  let groups = 0;
  let at = hasGap ? 2 : 0;
  while (at < length) {
    let end = at;
    while (end < length) {
      const code = text.charCodeAt(end);
      if ((code < 48 || code > 57) && ((code | 32) < 97 || (code | 32) > 102)) break;
      end++;
    }
    if (end < length && text.charCodeAt(end) === 46) {
      return (hasGap ? groups < 6 : groups === 6) && ipv4Pattern.test(text.slice(at));
    }
    if (end === at || end > at + 4) return false;
    groups++;
    if (end === length) break;
    at = end + 1;
    if (text.charCodeAt(end) !== 58 || at === length) return false;
    if (text.charCodeAt(at) === 58) {
      if (hasGap) return false;
      hasGap = true;
      at++;
    }
  }
  return hasGap ? groups < 8 : groups === 8;
}
`,
  isRegex: (t) => `function isRegex(text${t('string')})${t('boolean')} {
  if (/[^\\\\]\\\\Z/.test(text)) return false;
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
`,
};
