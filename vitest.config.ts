import { defineConfig } from 'vitest/config';

const quick = ['unit', 'rules', 'property', 'contract', 'fault', 'cli', 'meta'];

function project(name: string, testTimeout: number): { test: object; extends: true } {
  return {
    extends: true,
    test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout },
  };
}

// The time-outs only stop a hang; no test measures time.
export default defineConfig({
  test: {
    environment: 'node',
    pool: 'threads',
    passWithNoTests: false,
    projects: [...quick.map((name) => project(name, 30_000)), project('package', 300_000), project('slow', 1_500_000)],
  },
});
