import { BoosterError } from '../../shared/errors.ts';
import type { CompiledSerializer } from './compile-serializer.ts';
import { canonicalJson } from './json-value.ts';

/** How many times as fast as `JSON.stringify` a compiled serializer is on this Node, on one value. */
export interface SerializerRatio {
  readonly median: number;
  /** Lower and upper quartile. */
  readonly low: number;
  readonly high: number;
}

const rounds = 9;
/** Long enough for some hundred calls with most values. */
const sliceMs = 4;
/** Calls between two looks at the clock. */
const batch = 20;

/**
 * Both write the value and encode it as UTF-8, as is done for a socket: a text that is only put together, not yet copied, would be
 * measured too well.
 * @throws BoosterError E_GENERATE_SCHEMA when the two texts differ
 */
export function measureSerializer({ code, functionName }: CompiledSerializer, value: unknown): SerializerRatio {
  // oxlint-disable-next-line typescript/no-implied-eval -- what is measured is the code itself
  const make = new Function(`${code}return ${functionName};`) as () => (value: unknown) => string;
  const write = make();
  if (canonicalJson(JSON.parse(write(value))) !== canonicalJson(value)) {
    const what = 'the compiled serializer leaves out keys of the sample that the schema does not name';
    throw new BoosterError('E_GENERATE_SCHEMA', `${what}; name them, or give another --set sample=…`);
  }
  const native = (each: unknown): string => JSON.stringify(each);
  for (const each of [write, native, write, native]) nanosecondsOf(each, value);
  const ratios = Array.from({ length: rounds }, (_, round) => {
    const [first, second] = round % 2 === 0 ? [native, write] : [write, native];
    const [one, two] = [nanosecondsOf(first, value), nanosecondsOf(second, value)];
    return round % 2 === 0 ? one / two : two / one;
  }).sort((one, two) => one - two);
  const at = (part: number): number => ratios[Math.floor(part * (rounds - 1))] ?? 1;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

export function ratioText({ median, low, high }: SerializerRatio): string {
  const shown = (ratio: number): string => String(Number(ratio.toPrecision(3)));
  return `${shown(median)} × as fast as JSON.stringify here (quartiles ${shown(low)}–${shown(high)} of ${String(rounds)} rounds side by side)`;
}

/** Of a call, by the median of batches: on a busy machine, some of them are interrupted. */
function nanosecondsOf(write: (value: unknown) => string, value: unknown): number {
  const batches: number[] = [];
  let bytes = 0;
  const started = performance.now();
  let at = started;
  while (at - started < sliceMs) {
    const before = at;
    for (let index = 0; index < batch; index += 1) bytes += Buffer.from(write(value)).length;
    at = performance.now();
    batches.push(at - before);
  }
  const median = batches.sort((one, two) => one - two)[batches.length >> 1] ?? 0;
  // the sum keeps the calls from being optimised away
  return bytes < 0 ? 0 : (median * 1e6) / batch;
}
