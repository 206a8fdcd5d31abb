/** The closed list of what rewrites may take for granted. Named in the docs, one sentence and one counter-example each. */
export const assumptions = {
  A1: 'Reading a property or coercing a value has no side effect (no such getters, Proxies, valueOf).',
  A2: 'Built-ins are unpatched (Array.prototype, iterators, Object, Intl, RegExp), and no other file reads what the last match has left in RegExp ($1).',
  A3: 'No subclass of a built-in (Array, Set, Map, …) and no custom Symbol.species reaches the code.',
  A4: 'Nothing depends on stack overflow or on timing.',
  A5: 'Identifiers used as globals are not shadowed (checked by the scope analysis).',
  A6: 'The file parses without errors before and after (checked by the gate).',
  A7: 'A predicate that is called for fewer elements would not have thrown on the others (checked: operators and one-level reads only).',
  A8: 'TypeScript annotations are true: no other value came in through `any` or a cast. Without annotations it says nothing.',
  A9: 'An array has no holes where a finding says that it assumes so: never when the code shows some (`[1, , 2]`, `Array(5)`, `delete xs[0]`, `xs.length = 9`).',
} as const;

export type AssumptionId = keyof typeof assumptions;

/** What a rule rests on: its own list, and A8, which every look at a type rests on. */
export function assumptionsOf(own: readonly AssumptionId[]): readonly AssumptionId[] {
  return own.includes('A8') ? own : [...own, 'A8'];
}
