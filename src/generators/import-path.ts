/** From the folder of the generated file to another file; both relative to the same folder, or both absolute. */
export function importPath(folder: string, path: string): string {
  const from = partsOf(folder);
  const to = partsOf(path);
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  const up = from.slice(shared).map(() => '..');
  const way = [...(up.length === 0 ? ['.'] : up), ...to.slice(shared)].join('/');
  return way.replace(/\.mts$/, '.mjs').replace(/\.cts$/, '.cjs');
}

/** The steps of a path, without those that lead nowhere. */
export function partsOf(path: string): string[] {
  if (path === '') return [];
  return path.split(/[\\/]/).filter((part, index) => part !== '.' && (part !== '' || index === 0));
}
