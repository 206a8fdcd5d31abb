import { Option } from 'commander';
import { collect } from './shared-options.ts';

/** Options of `booster optimize` that say where more about values and loops can be learned. */
export function evidenceOptions(): Option[] {
  return [
    new Option('--types', "ask the project's own TypeScript for types that the file does not tell"),
    new Option(
      '--coverage <dir>',
      'folder that NODE_V8_COVERAGE filled: rewrites that pay for many rounds go by the measured ones (repeatable)',
    ).argParser(collect),
  ];
}
