/**
 * Takes out constants that nothing uses, which compilers would report in the project: declarations of one line each, again and again,
 * as one may have been used by another only.
 *
 * @param names what they are called, with the flag g; where one is part of a text it counts as used
 */
export function dropUnused(code: string, names: RegExp): string {
  const uses = new Map<string, number>();
  for (const [name] of code.matchAll(names)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const rest = code.replace(/^[ \t]*const (\w+) = .*\n/gm, (line, name: string) => (uses.get(name) === 1 ? '' : line));
  return rest === code ? code : dropUnused(rest, names);
}
