// The figures of bench-analyze.mjs in rows, with what must be shown.
const whole = new Intl.NumberFormat('en-US');
const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

const range = ({ median, low, high }) => `${number.format(median)} × (${number.format(low)}–${number.format(high)})`;
const seconds = ({ median }) => `${number.format(median / 1000)} s`;
const MB = (bytes) => `${Math.round(bytes / 1e6)} MB`;

export function analyzeRows({ packages, speed, growth }) {
  const { booster, eslint, 'eslint, concurrency auto': parallel } = speed.figures;
  return [
    ...packages.map(packageRow),
    [
      'ESLint with unicorn and sonarjs, same files',
      `${range(eslint.ratio)}: ${seconds(eslint.ms)} to ${seconds(booster.ms)}`,
      '≥ 3 ×',
      eslint.ratio.median >= 3,
    ],
    [
      'the same, ESLint on all cores',
      `${range(parallel.ratio)}: ${seconds(parallel.ms)} to ${seconds(booster.ms)}`,
      '≥ 3 ×',
      parallel.ratio.median >= 3,
    ],
    ...Object.entries(growth.memory).map(([reporter, bytes]) => [
      `peak memory, ${whole.format(growth.files)} files, --reporter ${reporter}`,
      MB(bytes),
      '< 512 MB',
      bytes < 512e6,
    ]),
    ...growthRows(growth.distinct),
  ];
}

/** What the files cost that come in addition: T(4n) − T(2n) for 2n files, T(2n) − T(n) for n. What a start costs is in none of both. */
function growthRows({ sizes, ratios }) {
  const [start, one, two, four] = sizes;
  const isLinear = ({ median }) => median >= 1.8 && median <= 2.2;
  const times = (clock) =>
    `${number.format(clock(start) / 1000)} s for one file; ` +
    [one, two, four].map((size) => `${number.format(clock(size) / 1000)} s for ${whole.format(size.files)}`).join(', ');
  const count = `${whole.format(two.files)} files more for ${whole.format(one.files)} more`;
  return [
    [
      `${count}, all different, processor time`,
      `${range(ratios.processor.marginal)}: ${times(({ processor }) => processor.median)}`,
      '2 × ± 10 %',
      isLinear(ratios.processor.marginal),
    ],
    [
      `the same, wall time`,
      `${range(ratios.wall.marginal)}: ${times(({ wall }) => wall.median)}`,
      '2 × ± 10 %',
      isLinear(ratios.wall.marginal),
    ],
    [
      `${whole.format(two.files)} files for ${whole.format(one.files)}, with the start`,
      `wall ${range(ratios.wall.doubled)}, processor ${range(ratios.processor.doubled)}`,
      'shown',
    ],
  ];
}

function packageRow({ name, files, summary, isSame }) {
  const { analyzed, skipped, refused, failed, failedRules, findings, undecidedRegexes } = summary;
  const count = findings.error + findings.warning + findings.info;
  const text =
    `${analyzed} of ${files} files analysed, ${skipped} generated, ${refused} refused, ${failed} failed; ${count} findings` +
    `${undecidedRegexes === 0 ? '' : `, ${undecidedRegexes} regular expressions undecided`}; ` +
    (isSame ? 'one thread finds the same' : 'one thread finds others');
  return [`${name}: nothing fails`, text, 'no crash, deterministic', failed + failedRules === 0 && isSame];
}

export function aboutAnalyze({ speed, growth, rounds }) {
  const { booster, eslint } = speed.found;
  return (
    `Sources of rxjs, effect, zod, three and @tanstack/table-core, without result cache. Speed: every fourth file of them ` +
    `(${whole.format(speed.files)}), wall time of whole processes in turns, ${rounds === 1 ? 'one round' : `${rounds} rounds`}; ESLint through its Node API with @typescript-eslint/parser, without ` +
    `types, the recommended rules of both plugins (${whole.format(eslint)} findings; booster ${whole.format(booster.error + booster.warning + booster.info)}). ` +
    `Memory: those files, repeated up to ${whole.format(growth.files)} (${MB(growth.bytes)}). Growth: ${whole.format(growth.distinct.sizes[3].files)} files of the installed packages, no two alike, ` +
    `in four parts of one size (${growth.distinct.sizes
      .slice(1)
      .map(({ bytes }) => MB(bytes))
      .join(', ')} for one, two and four of them).`
  );
}
