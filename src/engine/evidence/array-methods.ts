/** Array methods that call back with (element, index, array) for each element, in order. */
export const elementMethods: ReadonlySet<string> = new Set([
  'map',
  'filter',
  'forEach',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
]);

/** Array methods whose first argument is called, in any form. */
export const callbackMethods: ReadonlySet<string> = new Set([
  ...elementMethods,
  'reduce',
  'reduceRight',
  'sort',
  'toSorted',
]);
