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
  digits: (t) => `/** The number that the digits from \`start\` to \`end\` are, or -1 when one of them is none. */
function digits(text${t('string')}, start${t('number')}, end${t('number')})${t('number')} {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
`,
  isDate: (t) => `function isDate(text${t('string')})${t('boolean')} {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  if (year < 0 || month < 1 || month > 12 || day < 1) return false;
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (isLeapYear ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}
`,
  isTime: (t) => `function isTime(text${t('string')}, needsZone${t('boolean')})${t('boolean')} {
  if (text[2] !== ':' || text[5] !== ':') return false;
  const [hour, minute] = [digits(text, 0, 2), digits(text, 3, 5)];
  let second = digits(text, 6, 8);
  if (hour < 0 || minute < 0 || second < 0) return false;
  let at = 8;
  if (text[at] === '.') {
    at++;
    while (digits(text, at, at + 1) >= 0) at++;
    if (at === 9) return false;
    second = Number(text.slice(6, at));
  }
  const sign = text[at] === '-' ? -1 : 1;
  let [zoneHour, zoneMinute] = [0, 0];
  if (at === text.length) {
    if (needsZone) return false;
  } else if (text[at] === 'z' || text[at] === 'Z') {
    if (at + 1 !== text.length) return false;
  } else {
    if (text[at] !== '+' && text[at] !== '-') return false;
    zoneHour = digits(text, at + 1, at + 3);
    at += 3;
    if (at !== text.length) {
      if (text[at] === ':') at++;
      zoneMinute = digits(text, at, at + 2);
      if (at + 2 !== text.length) return false;
    }
    if (zoneHour < 0 || zoneMinute < 0 || zoneHour > 23 || zoneMinute > 59) return false;
  }
  if (hour <= 23 && minute <= 59 && second < 60) return true;
  // A leap second is the last one of a day in UTC.
  const minuteUtc = minute - zoneMinute * sign;
  const hourUtc = hour - zoneHour * sign - (minuteUtc < 0 ? 1 : 0);
  return (hourUtc === 23 || hourUtc === -1) && (minuteUtc === 59 || minuteUtc === -1) && second < 61;
}
`,
  isDateTime: (t) => `function isDateTime(text${t('string')}, needsZone${t('boolean')})${t('boolean')} {
  return /^[t\\s]$/i.test(text.charAt(10)) && isDate(text.slice(0, 10)) && isTime(text.slice(11), needsZone);
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
