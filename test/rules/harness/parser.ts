import { loadOxc } from '../../../src/wasm/oxc-parser.ts';

/** The real parser, one for each test file: loading it takes longer than most tests. */
export const parser = loadOxc({ memoryLimitBytes: 512 * 1024 * 1024 });
