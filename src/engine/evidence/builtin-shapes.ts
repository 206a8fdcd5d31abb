import type { Shape, ShapeType } from './shape.ts';

/** What a built-in returns, given the shape of its receiver. */
type ReturnShape = (receiver: Shape | undefined) => Partial<Shape> & { readonly type: ShapeType };

const string: ReturnShape = () => ({ type: 'string' });
const number: ReturnShape = () => ({ type: 'number' });
const integer: ReturnShape = () => ({ type: 'number', integer: true });
const boolean: ReturnShape = () => ({ type: 'boolean' });
const undefinedValue: ReturnShape = () => ({ type: 'undefined' });
const sameArray: ReturnShape = (receiver) => ({
  type: 'array',
  element: receiver?.element,
  dense: receiver?.dense === true,
});
const freshSame: ReturnShape = (receiver) => ({
  type: 'array',
  element: receiver?.element,
  dense: receiver?.dense === true,
  fresh: true,
});
const freshDense: ReturnShape = (receiver) => ({ type: 'array', element: receiver?.element, dense: true, fresh: true });
const freshMapped: ReturnShape = (receiver) => ({ type: 'array', dense: receiver?.dense === true, fresh: true });
const strings: ReturnShape = () => ({
  type: 'array',
  element: { type: 'string', level: 'E0', why: 'element of strings' },
  dense: true,
  fresh: true,
});

const stringMethods: Readonly<Record<string, ReturnShape>> = {
  charAt: string,
  concat: string,
  normalize: string,
  padEnd: string,
  padStart: string,
  repeat: string,
  replace: string,
  replaceAll: string,
  slice: string,
  substring: string,
  substr: string,
  toLowerCase: string,
  toUpperCase: string,
  toLocaleLowerCase: string,
  toLocaleUpperCase: string,
  toString: string,
  trim: string,
  trimStart: string,
  trimEnd: string,
  valueOf: string,
  indexOf: integer,
  lastIndexOf: integer,
  search: integer,
  localeCompare: integer,
  charCodeAt: number,
  endsWith: boolean,
  startsWith: boolean,
  includes: boolean,
  split: strings,
  isWellFormed: boolean,
  toWellFormed: string,
};

const arrayMethods: Readonly<Record<string, ReturnShape>> = {
  map: freshMapped,
  filter: freshDense,
  slice: freshSame,
  sort: sameArray,
  reverse: sameArray,
  fill: (receiver) => ({ type: 'array', dense: receiver?.dense === true }),
  splice: freshSame,
  toSorted: freshDense,
  toReversed: freshDense,
  flat: () => ({ type: 'array', dense: true, fresh: true }),
  flatMap: () => ({ type: 'array', dense: true, fresh: true }),
  concat: () => ({ type: 'array', fresh: true }),
  join: string,
  toString: string,
  indexOf: integer,
  lastIndexOf: integer,
  findIndex: integer,
  findLastIndex: integer,
  push: integer,
  unshift: integer,
  some: boolean,
  every: boolean,
  includes: boolean,
  forEach: undefinedValue,
};

/** Methods that give one element, or undefined. */
const elementMethods = new Set(['find', 'findLast', 'at', 'pop', 'shift']);

const otherMethods: Readonly<Partial<Record<ShapeType, Readonly<Record<string, ReturnShape>>>>> = {
  number: { toFixed: string, toPrecision: string, toString: string, toExponential: string, toLocaleString: string },
  boolean: { toString: string },
  bigint: { toString: string },
  set: {
    has: boolean,
    delete: boolean,
    add: () => ({ type: 'set' }),
    forEach: undefinedValue,
  },
  map: {
    has: boolean,
    delete: boolean,
    set: (receiver) => ({ type: 'map', element: receiver?.element }),
    forEach: undefinedValue,
  },
  regexp: { test: boolean, toString: string },
  date: {
    getTime: number,
    valueOf: number,
    getFullYear: number,
    getMonth: number,
    getDate: number,
    getDay: number,
    getHours: number,
    toISOString: string,
    toString: string,
    toLocaleDateString: string,
    toLocaleString: string,
    toLocaleTimeString: string,
  },
  'typed-array': { indexOf: integer, includes: boolean, join: string, some: boolean, every: boolean },
};

const globalFunctions: Readonly<Record<string, ReturnShape>> = {
  String: string,
  Number: number,
  Boolean: boolean,
  parseInt: number,
  parseFloat: number,
  isNaN: boolean,
  isFinite: boolean,
  encodeURIComponent: string,
  decodeURIComponent: string,
  encodeURI: string,
  decodeURI: string,
  Array: () => ({ type: 'array', fresh: true }),
};

const freshArray: ReturnShape = () => ({ type: 'array', dense: true, fresh: true });

const staticMethods: Readonly<Record<string, ReturnShape>> = {
  'Object.keys': strings,
  'Object.getOwnPropertyNames': strings,
  'Object.values': freshArray,
  'Object.entries': () => ({
    type: 'array',
    dense: true,
    fresh: true,
    element: { type: 'array', level: 'E0', why: 'entry' },
  }),
  'Array.from': freshArray,
  'Array.of': freshArray,
  'Array.isArray': boolean,
  'Object.hasOwn': boolean,
  'Object.is': boolean,
  'Number.isInteger': boolean,
  'Number.isNaN': boolean,
  'Number.isFinite': boolean,
  'Number.isSafeInteger': boolean,
  'Number.parseInt': number,
  'Number.parseFloat': number,
  'String.fromCharCode': string,
  'String.fromCodePoint': string,
  'String.raw': string,
  'Date.now': integer,
  'Date.parse': number,
  'Date.UTC': number,
  'Math.floor': number,
  'Math.ceil': number,
  'Math.round': number,
  'Math.abs': number,
  'Math.max': number,
  'Math.min': number,
  'Math.sqrt': number,
  'Math.pow': number,
  'Math.random': number,
  'Math.trunc': number,
  'Math.sign': number,
  'Math.hypot': number,
  'Math.log': number,
  'Math.log2': number,
  'Math.log10': number,
  'Math.exp': number,
  'Math.sin': number,
  'Math.cos': number,
  'performance.now': number,
  'Promise.all': () => ({ type: 'promise' }),
  'Promise.resolve': () => ({ type: 'promise' }),
  'Promise.reject': () => ({ type: 'promise' }),
  'Promise.allSettled': () => ({ type: 'promise' }),
  'Promise.race': () => ({ type: 'promise' }),
  'Promise.any': () => ({ type: 'promise' }),
};

const constructors: Readonly<Record<string, ShapeType>> = {
  Array: 'array',
  Set: 'set',
  Map: 'map',
  RegExp: 'regexp',
  Date: 'date',
  Promise: 'promise',
  Function: 'function',
  Int8Array: 'typed-array',
  Uint8Array: 'typed-array',
  Uint8ClampedArray: 'typed-array',
  Int16Array: 'typed-array',
  Uint16Array: 'typed-array',
  Int32Array: 'typed-array',
  Uint32Array: 'typed-array',
  Float32Array: 'typed-array',
  Float64Array: 'typed-array',
  BigInt64Array: 'typed-array',
  BigUint64Array: 'typed-array',
};

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Shape of `receiver.method(...)` for a receiver whose shape is known. */
export function methodResult(
  receiver: Shape,
  method: string,
): (Partial<Shape> & { readonly type: ShapeType }) | undefined {
  if (receiver.type === 'string') return own(stringMethods, method)?.(receiver);
  if (receiver.type === 'array') {
    if (elementMethods.has(method))
      return receiver.element === undefined ? undefined : { ...receiver.element, nullish: true };
    return own(arrayMethods, method)?.(receiver);
  }
  return own(otherMethods[receiver.type] ?? {}, method)?.(receiver);
}

/** Shape of a call of a global function, e.g. `String(x)`. */
export function globalFunctionResult(name: string): (Partial<Shape> & { readonly type: ShapeType }) | undefined {
  return own(globalFunctions, name)?.(undefined);
}

/** Shape of a call of a static method, e.g. `Object.keys(o)`. */
export function staticMethodResult(
  object: string,
  method: string,
): (Partial<Shape> & { readonly type: ShapeType }) | undefined {
  return own(staticMethods, `${object}.${method}`)?.(undefined);
}

/** Type of `new Name(...)` for a global constructor, and of a type reference of that name. */
export function constructorType(name: string): ShapeType | undefined {
  return own(constructors, name);
}
