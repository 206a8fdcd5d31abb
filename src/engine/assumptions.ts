/** The closed list of what rewrites may take for granted. Named in the docs, one sentence and one counter-example each. */
export const assumptions = {
  A1: 'Reading a property or coercing a value has no side effect (no such getters, Proxies, valueOf).',
  A2: 'Built-ins are unpatched (Array.prototype, iterators, Object, Intl, RegExp).',
  A3: 'No Array subclass and no custom Symbol.species reaches the code.',
  A4: 'Nothing depends on stack overflow or on timing.',
  A5: 'Identifiers used as globals are not shadowed (checked by the scope analysis).',
  A6: 'The file parses without errors before and after (checked by the gate).',
  A7: 'A predicate that is called for fewer elements would not have thrown on the others (checked: operators and one-level reads only).',
} as const;

export type AssumptionId = keyof typeof assumptions;
