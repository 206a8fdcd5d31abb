import type { OptionSpec } from '../generator.ts';

export const sampleOption: OptionSpec = {
  name: 'sample',
  summary: 'a valid value as JSON (default: made from the schema)',
  default: '',
};
