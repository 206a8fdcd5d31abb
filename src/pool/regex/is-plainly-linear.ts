/**
 * Patterns that need no closer look: without a repetition that has no upper end, the work per place is fixed, and a single one of a
 * single character right after `^` is tried from one place only.
 */
export function isPlainlyLinear(source: string, flags: string): boolean {
  const skeleton = source.replace(/\\(?:[pP]\{[^}]*\}|k<[^>]*>|u\{[^}]*\}|[^])/g, 'x').replace(/\[(?:[^\]])*\]/g, 'x');
  // back references repeat what a group matched
  if (/\\[1-9k]/.test(source)) return false;
  const repetitions = skeleton.match(/[*+]|\{\d+,\}/g) ?? [];
  if (repetitions.length === 0) return true;
  if (repetitions.length > 1 || flags.includes('m') || flags.includes('y')) return false;
  return /^\^[^()|]*$/.test(skeleton);
}
