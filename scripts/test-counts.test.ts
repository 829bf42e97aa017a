import { describe, expect, it } from 'vitest';
import { countPlaywright, countPytest, countVitest, summary } from './test-counts';

describe('counting tests', () => {
  it('counts a Vitest file that failed to load as a failure', () => {
    const report = {
      numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0,
      testResults: [{ status: 'passed', assertionResults: [{}] }, { status: 'failed', assertionResults: [] }],
    };
    expect(countVitest(JSON.stringify(report))).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it("counts Playwright's global errors as failures, and what passed when tried again as passed", () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 }, errors: [{}] };
    expect(countPlaywright(JSON.stringify(report))).toEqual({ passed: 7, failed: 2, skipped: 3 });
  });

  it("reads pytest's totals, including collection errors", () => {
    const report = '<?xml version="1.0"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1"></testsuite></testsuites>';
    expect(countPytest(report)).toEqual({ passed: 4, failed: 3, skipped: 3 });
  });

  it('summarises in one line, and mentions skipped tests only if there are any', () => {
    expect(summary([{ passed: 1, failed: 0, skipped: 0 }, { passed: 2, failed: 1, skipped: 0 }])).toEqual({ line: '3 passed, 1 failed', failed: 1 });
    expect(summary([{ passed: 1, failed: 0, skipped: 2 }]).line).toBe('1 passed, 0 failed, 2 skipped');
  });
});
