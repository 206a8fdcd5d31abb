/**
 * Program of the page. It reads the data from the page itself and builds everything with text nodes: nothing of the analysed code
 * is ever read as HTML.
 */
export const pageScript = `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const percent = (share) => share === undefined ? '–' : (share * 100).toFixed(share >= 0.0995 ? 0 : 1) + ' %';
const make = (name, attributes, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};
const tag = (text, kind) => make('span', { class: 'tag ' + (kind === 'not executed' ? 'dead' : kind) }, text);
const place = (path, line, column) => {
  const text = path + ':' + line + (column === undefined ? '' : ':' + column);
  if (!(path in data.sources)) return make('span', { class: 'code' }, text);
  const link = make('a', { class: 'code', href: '#source' }, text);
  link.addEventListener('click', () => showSource(path, line));
  return link;
};

function table(id, columns, rows) {
  const element = document.getElementById(id);
  if (element === null) return;
  let sorted = -1, direction = 1;
  const body = make('tbody', {});
  const draw = () => body.replaceChildren(...rows.map((row) => make('tr', {}, ...columns.map((column) => {
    const cell = column.cell(row);
    return make('td', column.number ? { class: 'number' } : {}, ...(Array.isArray(cell) ? cell : [cell]));
  }))));
  const heads = columns.map((column, index) => {
    const head = make('th', { scope: 'col', tabindex: '0', ...(column.number ? { class: 'number' } : {}) }, column.title);
    const sort = () => {
      direction = sorted === index ? -direction : column.number ? -1 : 1;
      sorted = index;
      const value = (row) => column.value(row) ?? (column.number ? -1 : '');
      rows.sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0) * direction);
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
      draw();
    };
    head.addEventListener('click', sort);
    head.addEventListener('keydown', (event) => { if (event.key === 'Enter') sort(); });
    return head;
  });
  draw();
  element.append(make('thead', {}, make('tr', {}, ...heads)), body);
}

const isMeasured = data.measured;
table('findings', [
  ...(isMeasured ? [
    { title: 'time', number: true, value: (f) => f.share, cell: (f) => percent(f.share) },
    { title: 'saves', number: true, value: (f) => f.saving, cell: (f) => f.saving === undefined ? '–' : (f.isBound ? '≤ ' : '') + percent(f.saving) },
    { title: 'heat', value: (f) => f.heat, cell: (f) => f.heat === undefined ? '–' : tag(f.heat, f.heat) },
    { title: 'runs', number: true, value: (f) => f.runs, cell: (f) => f.runs === undefined ? '–' : f.runs.toLocaleString('en-US') },
  ] : []),
  { title: 'level', value: (f) => ['info', 'warning', 'error'].indexOf(f.level), cell: (f) => tag(f.level, f.level) },
  { title: 'finding', value: (f) => f.message, cell: (f) => [f.message, make('small', {}, f.sure), make('small', {}, f.remedy)] },
  { title: 'cost', value: (f) => f.cost, cell: (f) => f.cost },
  { title: 'rule', value: (f) => f.rule, cell: (f) => make('code', {}, f.rule) },
  { title: 'place', value: (f) => f.path + ':' + String(f.line).padStart(7, '0'), cell: (f) => place(f.path, f.line, f.column) },
], data.findings.slice());

table('functions', [
  ...(isMeasured ? [
    { title: 'time', number: true, value: (f) => f.share, cell: (f) => percent(f.share) },
    { title: 'calls', number: true, value: (f) => f.calls, cell: (f) => f.calls === undefined ? '–' : f.calls.toLocaleString('en-US') },
  ] : []),
  { title: 'function', value: (f) => f.name, cell: (f) => make('code', {}, f.name) },
  { title: 'cost', value: (f) => f.degree, cell: (f) => f.cost },
  { title: 'lines', number: true, value: (f) => f.lines, cell: (f) => String(f.lines) },
  { title: 'cyclomatic', number: true, value: (f) => f.cyclomatic, cell: (f) => String(f.cyclomatic) },
  { title: 'cognitive', number: true, value: (f) => f.cognitive, cell: (f) => String(f.cognitive) },
  { title: 'nesting', number: true, value: (f) => f.nesting, cell: (f) => String(f.nesting) },
  { title: 'place', value: (f) => f.path + ':' + String(f.line).padStart(7, '0'), cell: (f) => place(f.path, f.line) },
], data.functions.slice());

function showFlame(stack) {
  const element = document.getElementById('flame');
  if (element === null) return;
  const focus = stack[stack.length - 1];
  const frames = [];
  let depth = 0;
  const add = (node, left, width, level, path) => {
    if (width < 0.0004) return;
    depth = Math.max(depth, level);
    const share = node.t / data.flame.t;
    const where = node.p === undefined ? '' : ' (' + node.p + ':' + node.l + ')';
    const kind = stack.length > level + 1 ? ' up' : '';
    const button = make('button', {
      type: 'button',
      class: (node.f ? 'found' : node.p === undefined ? 'other' : 'own') + kind,
      style: 'left:' + (left * 100) + '%;width:' + (width * 100) + '%;top:' + (level * 18) + 'px',
      title: node.n + where + ': ' + percent(share) + ' of the time, ' + percent(node.s / data.flame.t) + ' in itself' + (node.f ? ', with findings' : ''),
    }, node.n);
    button.addEventListener('click', () => { showFlame(path); if (node.p !== undefined && node.p in data.sources) showSource(node.p, node.l); });
    frames.push(button);
    if (kind !== '') return;
    let at = left;
    for (const child of node.c) {
      const size = width * child.t / node.t;
      add(child, at, size, level + 1, [...path, child]);
      at += size;
    }
  };
  for (const [level, node] of stack.slice(0, -1).entries()) add(node, 0, 1, level, stack.slice(0, level + 1));
  add(focus, 0, 1, stack.length - 1, stack);
  const inner = make('div', { style: 'position:relative;height:' + ((depth + 1) * 18 + 2) + 'px' }, ...frames);
  element.replaceChildren(inner);
}

function showSource(path, line) {
  const element = document.getElementById('source');
  const file = data.sources[path];
  document.getElementById('file').value = path;
  const notes = new Map(), marked = new Set();
  for (const finding of data.findings) {
    if (finding.path !== path) continue;
    notes.set(finding.line, [...(notes.get(finding.line) ?? []), finding]);
    for (let at = finding.line; at <= finding.endLine; at += 1) marked.add(at);
  }
  const rows = [];
  for (const [index, text] of file.lines.entries()) {
    const number = index + 1;
    const kind = 'row code' + (marked.has(number) ? ' marked' : '') + (number === line ? ' target' : '');
    const share = file.shares[number];
    rows.push(make('div', { class: kind }, make('span', {}, share === undefined ? '' : percent(share)), make('span', {}, String(number)), make('span', {}, text)));
    for (const finding of notes.get(number) ?? []) rows.push(make('div', { class: 'note' }, finding.rule + ': ' + finding.message));
  }
  element.replaceChildren(...rows);
  element.querySelector('.target')?.scrollIntoView({ block: 'center' });
}

const paths = Object.keys(data.sources);
const choice = document.getElementById('file');
if (choice !== null) {
  for (const path of paths) choice.append(make('option', { value: path }, path));
  choice.addEventListener('change', () => showSource(choice.value));
  if (paths.length > 0) showSource(data.findings.find((finding) => finding.path in data.sources)?.path ?? paths[0]);
}
if (data.flame !== undefined) showFlame([data.flame]);
`;
