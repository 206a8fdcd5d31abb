// What a test runner printed, as one outcome for each test.

/** @typedef {Map<string, boolean>} Outcomes whether each test passed, by its name; a name that comes again gets a number */

/** @returns {Outcomes} */
export function outcomesOf(tests) {
  const outcomes = new Map();
  const counts = new Map();
  for (const { name, passed } of tests) {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    outcomes.set(count === 1 ? name : `${name} #${count}`, passed);
  }
  return outcomes;
}

/** Tests of a protocol with `ok` and `not ok`, sub-tests included; times and plans are left out. */
export function readTap(output, prefix = '') {
  return output.split('\n').flatMap((line) => {
    const found = /^\s*(not )?ok \d+(?: -)? ?(.*)$/.exec(line);
    if (found === null || / # (?:SKIP|TODO)\b/i.test(line)) return [];
    return [{ name: prefix + found[2].replace(/ # time=.*$/, '').trim(), passed: found[1] === undefined }];
  });
}

/** Tests that are lines: `pattern` names them (group `name`), and `passed` is what the group `mark` is when they pass. */
export function readLines(output, pattern, passed) {
  return output.split('\n').flatMap((line) => {
    const found = pattern.exec(line.replaceAll(/\u001B\[[\d;]*m/g, ''));
    return found === null ? [] : [{ name: found.groups.name, passed: found.groups.mark === passed }];
  });
}

/** Names of tests that passed each time before and did not pass, or were not run, any time after. */
export function newFailures(before, after) {
  const [first, ...others] = before;
  return [...first.keys()].filter(
    (name) =>
      first.get(name) &&
      others.every((outcomes) => outcomes.get(name) === true) &&
      after.every((outcomes) => outcomes.get(name) !== true),
  );
}

/**
 * How many tests passed each time.
 * @param {readonly Outcomes[]} runs at least one
 */
export function countPassing(runs) {
  const [first, ...others] = runs;
  return [...first.keys()].filter((name) => first.get(name) && others.every((outcomes) => outcomes.get(name))).length;
}
