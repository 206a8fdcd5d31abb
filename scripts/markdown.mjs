import { diffLines } from 'diff';

/** A Markdown table; the first row is the head. Cells may hold anything but line breaks. */
export function table(rows) {
  const [head, ...body] = rows.map((row) => row.map((cell) => String(cell).replaceAll('|', '\\|')));
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |\n`).join('');
}

/** The lines of two texts as the body of a diff. */
export function diffBody(before, after) {
  return diffLines(before, after)
    .flatMap(({ value, added, removed }) => {
      const sign = added ? '+' : removed ? '-' : ' ';
      return value
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `${sign} ${line}`.trimEnd());
    })
    .join('\n');
}

const marker = /(<!-- generated:([\w-]+) -->\n)[^]*?(<!-- \/generated -->)/g;

/**
 * Text with each `<!-- generated:NAME -->` … `<!-- /generated -->` filled by `tables[NAME]`.
 * @throws Error for a name that no table has: a misspelt marker would never be filled.
 */
export function fillMarkers(text, tables, path) {
  return text.replace(marker, (_, open, name, close) => {
    if (!Object.hasOwn(tables, name)) {
      throw new Error(`${path}: no table is named ${name}; there are ${Object.keys(tables).join(', ')}`);
    }
    return `${open}\n${tables[name].trimEnd()}\n\n${close}`;
  });
}

/** `1234.5` as `1,230`, with three significant digits. */
export function formatRatio(ratio) {
  return Number(ratio.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 3 });
}
