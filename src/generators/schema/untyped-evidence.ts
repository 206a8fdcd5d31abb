const shown = 3;

/** Says of places without `type` what they accept. */
export function untypedEvidence(pointers: readonly string[]): readonly string[] {
  if (pointers.length === 0) return [];
  const more = pointers.length - shown;
  const places = pointers.slice(0, shown).join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
  return [`${places}: no "type" stands there, so values of any type are accepted, and typed unknown`];
}
