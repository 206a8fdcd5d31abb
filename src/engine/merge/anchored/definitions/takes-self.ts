/** The header of a Python or Rust method. */
export function takesSelf(header: string): boolean {
  return /\(\s*(?:&?(?:'\w+\s+)?(?:mut\s+)?self|cls)\b/.test(header);
}
