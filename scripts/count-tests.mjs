/**
 * Counts a JSON report of vitest. What broke without a failed test counts as one failure: a file that could not be loaded,
 * an error outside of any test, no report at all, and a run without tests.
 */
export function countTests(report, exitCode) {
  const files = report.testResults ?? [];
  const passed = report.numPassedTests ?? 0;
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  const broken = files.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  let failed = (report.numFailedTests ?? 0) + broken;
  if (failed === 0 && (passed === 0 || exitCode !== 0)) failed = 1;
  const summary = `${passed} passed, ${failed} failed, ${skipped} skipped in ${files.length} files`;
  return { passed, failed, skipped, summary };
}
