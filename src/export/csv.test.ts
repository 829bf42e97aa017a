import { describe, expect, it } from 'vitest';
import { csvFields, csvHeader, guardFormula, unguardFormula, type CsvColumn, type CsvValue } from './csv';

const COLUMNS: readonly CsvColumn<readonly CsvValue[]>[] = ['a', 'b, c'].map((name, i) => ({ name, value: (row) => row[i] ?? null }));

describe('csvFields', () => {
  it('follows RFC 4180', () => {
    expect(csvHeader(COLUMNS)).toBe('a,"b, c"');
    expect(csvFields(COLUMNS, ['x\ny', 'say "so"'])).toBe('"x\ny","say ""so"""');
    expect(csvFields(COLUMNS, [-2.5, null])).toBe('-2.5,');
    expect(csvFields(COLUMNS, [true, ''])).toBe('true,');
  });
});

describe('guardFormula', () => {
  it.each(['- looks away', '-', '-1', '– dash', '+1', '+49 30 12', '- smiles (briefly) at her!', '- yes! And again', '- a | b', 'a=b', 'x|y', ''])(
    'leaves %j as typed',
    (note) => expect(guardFormula(note)).toBe(note),
  );

  it.each([
    '=1+1',
    '=HYPERLINK("http://example.org")',
    '@SUM(A1)',
    '+SUM(A1:A9)',
    '-HYPERLINK("http://example.org")',
    "-2+3+cmd|' /C calc'!A0",
    "-'[other.xls]Sheet'!A1",
    '-Sheet2!$A$1',
    '-1\n+SUM(A1)',
    '\t=1',
    "'=1",
    "' quoted",
  ])('guards %j, and gives it back', (note) => {
    expect(guardFormula(note)).toBe(`'${note}`);
    expect(unguardFormula(guardFormula(note))).toBe(note);
  });

  it('leaves unguarded text unchanged when removing the guard', () => expect(unguardFormula('- looks away')).toBe('- looks away'));
});
