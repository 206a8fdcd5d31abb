// A page that several benchmarks write to: each has a part of its own, between comments with its name.

/** All parts of a page, in their order, or nothing. */
export function partsOf(page) {
  return [...page.matchAll(/\n<!-- (\w+) -->\n[^]*?<!-- \/\1 -->\n/g)].map(([part]) => part).join('');
}

/** The page with this section as its part of that name, in place of the one that it has. */
export function withPart(page, name, section) {
  const part = `\n<!-- ${name} -->\n${section}<!-- /${name} -->\n`;
  const known = new RegExp(`\n<!-- ${name} -->\n[^]*?<!-- /${name} -->\n`);
  return known.test(page) ? page.replace(known, () => part) : page + part;
}

/** The table of a part, without what stands around it; a sentence when it was not measured yet. */
export function tableOf(page, name) {
  const [part = ''] = new RegExp(`\n<!-- ${name} -->\n[^]*?<!-- /${name} -->\n`).exec(page) ?? [];
  const rows = part.split('\n').filter((line) => line.startsWith('|'));
  return rows.length === 0 ? 'Not measured yet.' : rows.join('\n');
}
