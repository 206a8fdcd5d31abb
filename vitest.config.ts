import { defineConfig } from 'vitest/config';
import { quickProjects, slowProjects } from './scripts/test-projects.mjs';

/** Their files share one set of modules for each thread, which takes a third of the time; the others change state of modules. */
const shared: ReadonlySet<string> = new Set(['unit', 'rules', 'property', 'apply']);

function project(name: string, testTimeout: number): { test: object; extends: true } {
  const include = [`test/${name}/**/*.test.ts`];
  return { extends: true, test: { name, include, testTimeout, hookTimeout: testTimeout, isolate: !shared.has(name) } };
}

// The time-outs only stop a hang; no test measures time.
export default defineConfig({
  test: {
    environment: 'node',
    pool: 'threads',
    // on two cores vitest would take one: most tests wait for processes of their own
    maxWorkers: 2,
    projects: [
      ...quickProjects.map((name) => project(name, 180_000)),
      ...slowProjects.map((name) => project(name, 1_200_000)),
    ],
  },
});
