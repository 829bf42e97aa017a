/** Numbers of passed, failed and skipped tests of one suite. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function whole(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) ? value : 0;
}

/** Reads Vitest's JSON report. A file that failed to load counts as a failure although none of its tests ran. */
export function countVitest(text: string): Count {
  const report = record(JSON.parse(text));
  const files = Array.isArray(report.testResults) ? report.testResults.map(record) : [];
  const broken = files.filter((file) => file.status === 'failed' && Array.isArray(file.assertionResults) && file.assertionResults.length === 0);
  return {
    passed: whole(report.numPassedTests),
    failed: whole(report.numFailedTests) + broken.length,
    skipped: whole(report.numPendingTests) + whole(report.numTodoTests),
  };
}

/** Reads Playwright's JSON report. A test that passed on retry counts as passed; Playwright's own output lists it as flaky. */
export function countPlaywright(text: string): Count {
  const report = record(JSON.parse(text));
  const stats = record(report.stats);
  const errors = Array.isArray(report.errors) ? report.errors.length : 0;
  return {
    passed: whole(stats.expected) + whole(stats.flaky),
    failed: whole(stats.unexpected) + errors,
    skipped: whole(stats.skipped),
  };
}

/** Reads pytest's JUnit report. */
export function countPytest(text: string): Count {
  const tag = /<testsuite\s[^>]*>/.exec(text)?.[0] ?? '';
  const attribute = (name: string) => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1] ?? 0);
  const failed = attribute('failures') + attribute('errors');
  const skipped = attribute('skipped');
  return { passed: Math.max(0, attribute('tests') - failed - skipped), failed, skipped };
}

/** Last line of `npm test`. */
export function summary(counts: readonly Count[]): { line: string; failed: number } {
  const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  return { line: `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`, failed };
}
