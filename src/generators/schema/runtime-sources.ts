/** Writes the type of a parameter or a result where types are written, and nothing where they are not. */
type Typing = (type: string) => string;

/** Functions that compiled files carry along instead of importing them. They mean the same as those of ajv and ajv-formats. */
export const runtimeSources: Readonly<Record<string, (typed: Typing) => string>> = {
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
  isDate: (t) => `function isDate(text${t('string')})${t('boolean')} {
  const match = /^(\\d\\d\\d\\d)-(\\d\\d)-(\\d\\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (isLeapYear ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}
`,
  isTime: (t) => `function isTime(text${t('string')}, needsZone${t('boolean')})${t('boolean')} {
  const match = /^(\\d\\d):(\\d\\d):(\\d\\d(?:\\.\\d+)?)(z|([+-])(\\d\\d)(?::?(\\d\\d))?)?$/i.exec(text);
  if (match === null || (needsZone && match[4] === undefined)) return false;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [zoneHour, zoneMinute] = [Number(match[6] || 0), Number(match[7] || 0)];
  if (zoneHour > 23 || zoneMinute > 59) return false;
  if (hour <= 23 && minute <= 59 && second < 60) return true;
  // A leap second is the last one of a day in UTC.
  const sign = match[5] === '-' ? -1 : 1;
  const minuteUtc = minute - zoneMinute * sign;
  const hourUtc = hour - zoneHour * sign - (minuteUtc < 0 ? 1 : 0);
  return (hourUtc === 23 || hourUtc === -1) && (minuteUtc === 59 || minuteUtc === -1) && second < 61;
}
`,
  isDateTime: (t) => `function isDateTime(text${t('string')}, needsZone${t('boolean')})${t('boolean')} {
  const [date = '', time = '', ...rest] = text.split(/t|\\s/i);
  return rest.length === 0 && isDate(date) && isTime(time, needsZone);
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
