import { Option } from 'commander';

/** Options of `booster optimize --write` that put the rewrites to commands of the project. */
export function proofOptions(): Option[] {
  return [
    new Option(
      '--verify <command>',
      'run this (the tests) after writing; take back exactly the rewrites that it fails with',
    ),
    new Option('--measure <command>', 'run this (a benchmark) before and after, in turns; keep what is not slower'),
    new Option('--measure-runs <n>', 'pairs of runs of the benchmark (default: 10)'),
    new Option('--measure-each', 'measure every rewrite by itself'),
    new Option('--proof-timeout <seconds>', 'longest that one run of such a command may take (default: 600)'),
    new Option('--recover', 'put back what a killed run with --verify or --measure has left, and end').conflicts([
      'write',
      'check',
    ]),
  ];
}
