import { expect, test } from 'vitest';
import { countTests } from '../../scripts/count-tests.mjs';

const goodFile = { status: 'passed', assertionResults: [{}] };

test('passed and failed tests are counted as reported', () => {
  const report = { numPassedTests: 3, numFailedTests: 2, testResults: [goodFile] };
  expect(countTests(report, 1)).toMatchObject({ passed: 3, failed: 2 });
});

test('a test file that cannot be loaded counts as a failure', () => {
  const report = { numPassedTests: 3, testResults: [goodFile, { status: 'failed', assertionResults: [] }] };
  expect(countTests(report, 1)).toMatchObject({ passed: 3, failed: 1 });
});

test('an error outside of any test counts as a failure', () => {
  expect(countTests({ numPassedTests: 3, testResults: [goodFile] }, 1)).toMatchObject({ failed: 1 });
});

test('a run without tests counts as a failure', () => {
  expect(countTests({}, 0)).toMatchObject({ passed: 0, failed: 1 });
});

test('skipped tests are neither passed nor failed, and are named', () => {
  const counts = countTests({ numPassedTests: 1, numPendingTests: 2, testResults: [goodFile] }, 0);
  expect(counts).toMatchObject({ passed: 1, failed: 0 });
  expect(counts.summary).toContain('2 skipped');
});
