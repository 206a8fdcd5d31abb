import { Option } from 'commander';
import type { ResolveOptions } from '../config/resolve-config.ts';

/** What {@link poolOptions} give. */
export interface PoolFlags {
  readonly poolSize?: string;
  readonly memoryLimit?: string;
  readonly taskTimeout?: string;
}

/** Bounds of the pool, for the commands that a person starts; a hook takes them from configuration and environment. */
export function poolOptions(): Option[] {
  return [
    new Option('--pool-size <n>', 'most WebAssembly instances at one time'),
    new Option('--memory-limit <size>', 'memory of one instance, e.g. 512MB'),
    new Option('--task-timeout <ms>', 'longest that one task may take, waiting included'),
  ];
}

/** They as settings. */
export function poolSettings(flags: PoolFlags): NonNullable<ResolveOptions['flags']> {
  return {
    'pool.maximum': flags.poolSize,
    'pool.memoryLimit': flags.memoryLimit,
    'pool.taskTimeoutMs': flags.taskTimeout,
  };
}
