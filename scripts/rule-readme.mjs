import { diffBody, formatRatio, table } from './markdown.mjs';

const tierMeanings = {
  safe: 'applied at every level',
  balanced: 'applied with `--level balanced` and above',
  aggressive: 'applied with `--level aggressive` only',
};

/** README.md of a rule folder. `assumptions` maps ids to sentences, `measured` is the rule's measured.json. */
export function ruleReadme({ meta }, assumptions, measured) {
  return [
    `<!-- Generated from rule.ts and measured.json by \`npm run generate\`; do not edit. -->\n`,
    `# ${meta.id}\n`,
    `${meta.summary}\n`,
    facts(meta),
    section('Why', meta.why),
    section('Before and after', `\`\`\`diff\n${diffBody(meta.example.before, meta.example.after)}\n\`\`\``),
    section('The code stays as it is when', list(meta.stays)),
    section('Assumptions', assumptionText(meta, assumptions)),
    section('Measured', measuredText(meta, measured)),
  ].join('\n');
}

function facts({
  tier,
  lowestTier = tier,
  group,
  complexity,
  languages,
  since,
  breakEven,
  breakEvenOf,
  tierWhenMany,
  nodeMajors,
}) {
  const rows = [
    ['Tier', [...new Set([lowestTier, tier])].map((one) => `${one}: ${tierMeanings[one]}`).join('; otherwise ')],
    ['Group', group],
    ['Cost', `${complexity.before} → ${complexity.after}`],
    ['Languages', languages.join(', ')],
    ['Since', since],
  ];
  if (breakEven !== undefined) rows.push(['Wins from', breakEvenText(breakEven, breakEvenOf)]);
  if (tierWhenMany !== undefined) rows.push(['Counted to be that many', tierWhenMany]);
  if (nodeMajors?.from !== undefined) rows.push(['Wins from', `Node ${nodeMajors.from}`]);
  if (nodeMajors?.below !== undefined) rows.push(['Wins below', `Node ${nodeMajors.below}`]);
  return table([['', ''], ...rows]);
}

function breakEvenText(breakEven, breakEvenOf) {
  const counted = breakEvenOf === 'rounds' ? ' rounds, which `--coverage` can count' : '';
  return `n = ${breakEven.toLocaleString('en-US')}${counted}`;
}

function section(title, body) {
  return `## ${title}\n\n${body.trimEnd()}\n`;
}

function list(lines) {
  return lines.map((line) => `- ${line}`).join('\n');
}

function assumptionText({ assumes }, assumptions) {
  // every look at a type rests on A8
  const ids = assumes.includes('A8') ? assumes : [...assumes, 'A8'];
  return list(ids.map((id) => `${id}: ${assumptions[id]}`));
}

function measuredText({ id }, measured) {
  const command = `\`npm run bench -- rules ${id}\` measures it.`;
  if (measured.length === 0) return `Not measured yet; ${command}`;
  const rows = measured.map(({ name, size, ratio, node }) => [
    name,
    size.toLocaleString('en-US'),
    `${formatRatio(ratio)}×`,
    node,
  ]);
  return `${table([['Workload', 'n', 'Time before / after', 'Node'], ...rows])}\n${command}`;
}
