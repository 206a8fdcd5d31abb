/** Writes the type of a parameter or a result where types are written, and nothing where they are not. */
type Typing = (type: string) => string;

/** Functions that compiled serializers carry along. For valid values they write what those of fast-json-stringify write. */
export const serializerSources: Readonly<Record<string, (typed: Typing) => string>> = {
  asString: (t) => `  function asString(text${t('any')})${t('string')} {
    const { length } = text;
    if (length > 41) {
      if (length < 5000 && !/[\\u0000-\\u001f\\u0022\\u005c\\ud800-\\udfff]/.test(text)) return '"' + text + '"';
      return JSON.stringify(text);
    }
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) return JSON.stringify(text);
    }
    return '"' + text + '"';
  }
`,
  asNumber: (t) => `  function asNumber(value${t('any')})${t('string')} {
    if (typeof value !== 'number' || value !== value) throw new TypeError(String(value) + ' is no number');
    return value === Infinity || value === -Infinity ? 'null' : '' + value;
  }
`,
  asInteger: (t) => `  function asInteger(value${t('any')})${t('string')} {
    if (!Number.isInteger(value)) throw new TypeError(String(value) + ' is no integer');
    return '' + value;
  }
`,
  asBoolean: (t) => `  function asBoolean(value${t('any')})${t('string')} {
    return value ? 'true' : 'false';
  }
`,
  asDateTime: dateLike('asDateTime', 'value.toISOString()'),
  asDate: dateLike('asDate', 'value.toISOString().slice(0, 10)'),
  asTime: dateLike('asTime', 'value.toISOString().slice(11, 19)'),
  asUnsafeString: (t) => `  function asUnsafeString(text${t('any')})${t('string')} {
    return '"' + text + '"';
  }
`,
  asPlainStringArray: (t) => `  function asPlainStringArray(list${t('any')}, _length${t('number')})${t('string')} {
    return '[' + list.map(asString).join(',') + ']';
  }
`,
};

function dateLike(name: string, ofDate: string): (typed: Typing) => string {
  return (t) => `  function ${name}(value${t('any')})${t('string')} {
    if (value instanceof Date) return '"' + ${ofDate} + '"';
    if (typeof value !== 'string') throw new TypeError(String(value) + ' is no text');
    return asString(value);
  }
`;
}
