import { defineConfig } from 'vitest/config';
import { quickProjects, slowProjects } from './scripts/test-projects.mjs';

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
    // on two cores vitest would take one: most tests wait for processes of their own
    maxWorkers: 2,
    projects: [
      ...quickProjects.map((name) => project(name, 60_000)),
      ...slowProjects.map((name) => project(name, 1_200_000)),
    ],
  },
});
