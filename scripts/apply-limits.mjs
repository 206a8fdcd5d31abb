/** A definition of each language, by its number. */
const definitions = {
  js: (i) =>
    `export function step${i}(value, options) {\n  const total = value * ${i} + options.offset;\n  if (total > ${i * 7}) {\n    return total - ${i};\n  }\n  return total;\n}\n\n`,
  ts: (i) =>
    `export function step${i}(value: number, options: Options): number {\n  const total = value * ${i} + options.offset;\n  if (total > ${i * 7}) {\n    return total - ${i};\n  }\n  return total;\n}\n\n`,
  py: (i) =>
    `def step${i}(value, options):\n    total = value * ${i} + options.offset\n    if total > ${i * 7}:\n        return total - ${i}\n    return total\n\n\n`,
  go: (i) =>
    `func step${i}(value int, options Options) int {\n\ttotal := value*${i} + options.Offset\n\tif total > ${i * 7} {\n\t\treturn total - ${i}\n\t}\n\treturn total\n}\n\n`,
  rs: (i) =>
    `fn step${i}(value: i64, options: &Options) -> i64 {\n    let total = value * ${i} + options.offset;\n    if total > ${i * 7} {\n        return total - ${i};\n    }\n    total\n}\n\n`,
  java: (i) =>
    `    int step${i}(int value, Options options) {\n        int total = value * ${i} + options.offset;\n        if (total > ${i * 7}) {\n            return total - ${i};\n        }\n        return total;\n    }\n\n`,
  cpp: (i) =>
    `int step${i}(int value, const Options &options) {\n  int total = value * ${i} + options.offset;\n  if (total > ${i * 7}) {\n    return total - ${i};\n  }\n  return total;\n}\n\n`,
  json: (i) => `  "step${i}": {\n    "total": ${i},\n    "limit": ${i * 7},\n    "name": "step ${i}"\n  },\n`,
  md: (i) => `## Step ${i}\n\nIt takes ${i * 7} minutes.\nThen it ends, as all steps do.\n\n`,
};

const heads = { go: 'package main\n\n', java: 'class Steps {\n', json: '{\n' };
const tails = { java: '}\n', json: '  "end": 0\n}\n' };
const markers = { py: '# ... existing code ...\n', md: '<!-- ... existing text ... -->\n' };

const fileBytes = 1_000_000;
const snippetLines = 10_000;

/**
 * Edits of a file of a megabyte in nine languages: `small`, one definition between markers; `large`, 10,000 lines between markers in
 * which every third definition changes; `full`, the whole file; `diff`, one of 10,000 lines. Each with the file that it should give.
 */
export function* limitCases() {
  for (const [extension, definition] of Object.entries(definitions)) {
    const parts = [];
    for (let size = 0; size < fileBytes; size += parts.at(-1).length) parts.push(definition(parts.length));
    const file = (all) => (heads[extension] ?? '') + all.join('') + (tails[extension] ?? '');
    const marker = markers[extension] ?? '// ... existing code ...\n';
    const middle = parts.length >> 1;
    const one = parts.with(middle, changed(parts[middle]));
    const count = Math.min(parts.length - 2, Math.ceil(snippetLines / (parts[1].split('\n').length - 1)));
    const many = parts.map((part, at) => (at >= 1 && at <= count && at % 3 === 0 ? changed(part) : part));
    const [code, ofOne, ofMany] = [file(parts), file(one), file(many)];
    const diff = lineDiff(code.split('\n'), ofMany.split('\n'));
    const edits = {
      small: [marker + one[middle] + marker, ofOne],
      large: [marker + many.slice(1, count + 1).join('') + marker, ofMany],
      full: [ofOne, ofOne],
      diff: [diff.edit, diff.expected],
    };
    for (const [kind, [edit, expected]] of Object.entries(edits))
      yield { extension, kind, code, edit, expected, filename: `file.${extension}` };
  }
}

function changed(part) {
  return part.replace(
    /total - (\d+)|"step (\d+)"|minutes/,
    (found) => `${found.replace('-', '+').replace(/step |minutes/, 'new $&')}`,
  );
}

/** Of texts of as many lines each; with the text that a diff of at most 10,000 lines gives. */
function lineDiff(before, after) {
  const context = 3;
  const expected = [...before];
  let edit = '--- a/file\n+++ b/file\n';
  let lines = 0;
  before.forEach((line, at) => {
    if (line === after[at] || lines >= snippetLines) return;
    const around = (from, to) =>
      before
        .slice(from, to)
        .map((one) => ` ${one}\n`)
        .join('');
    edit += `@@ -${at - context + 1},${2 * context + 1} +${at - context + 1},${2 * context + 1} @@\n`;
    edit += `${around(at - context, at)}-${line}\n+${after[at]}\n${around(at + 1, at + context + 1)}`;
    expected[at] = after[at];
    lines += 2 * context + 3;
  });
  return { edit, expected: expected.join('\n') };
}
