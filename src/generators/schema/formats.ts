import type { Format } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';

/** What a compiled file needs of a format: an expression, and the functions of `runtimeSources` that it calls. */
interface FormatSource {
  /** A function or an object as ajv takes it; `parameter` writes the type of a parameter where types are written. */
  readonly code: (parameter: (type: string) => string) => string;
  readonly uses: readonly string[];
}

const strings = (call: string, uses: readonly string[]): FormatSource => ({
  code: (type) => `(text${type('string')}) => ${call}`,
  uses,
});
const numbers = (test: string): FormatSource => ({
  code: (type) => `{ type: 'number', validate: (value${type('number')}) => ${test} }`,
  uses: [],
});

/** The formats of ajv-formats that are code there; the others are regular expressions, which ajv writes out itself. */
export const formatSources: Readonly<Record<string, FormatSource>> = {
  date: strings('isDate(text)', ['digits', 'isDate']),
  time: strings('isTime(text, true)', ['digits', 'isTime']),
  'date-time': strings('isDateTime(text, true)', ['digits', 'isDate', 'isTime', 'isDateTime']),
  'iso-time': strings('isTime(text, false)', ['digits', 'isTime']),
  'iso-date-time': strings('isDateTime(text, false)', ['digits', 'isDate', 'isTime', 'isDateTime']),
  regex: strings('isRegex(text)', ['isRegex']),
  int32: numbers('Number.isInteger(value) && value >= -2147483648 && value <= 2147483647'),
  int64: numbers('Number.isInteger(value)'),
  float: numbers('true'),
  double: numbers('true'),
};

// As in ajv-formats, without the flag `g`, which would make the result depend on the call before.
const bytePattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/m;

/** All formats, as ajv takes them; the parts for comparing two values are left out. */
export const formatDefinitions: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(Object.entries(fullFormats).map(([name, format]) => [name, checkOf(format)])),
  uri: uriPattern(),
  byte: bytePattern,
};

function checkOf(format: Format): Format {
  if (typeof format !== 'object' || !('validate' in format) || format.type === 'number') return format;
  return format.validate as (text: string) => boolean;
}

/** ajv-formats keeps its pattern of absolute URIs to itself; it is the one of references with a scheme and a path. */
function uriPattern(): RegExp {
  const { source } = fullFormats['uri-reference'] as RegExp;
  const pathEnd = source.lastIndexOf(String.raw`)?(?:\?(?:`);
  const absolute = `${source.slice(0, pathEnd)})${source.slice(pathEnd + 2)}`;
  return new RegExp(absolute.replace(String.raw`^(?:[a-z][a-z0-9+\-.]*:)?`, String.raw`^(?:[a-z][a-z0-9+\-.]*:)`), 'i');
}
