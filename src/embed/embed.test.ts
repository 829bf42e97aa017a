import { describe, expect, it } from 'vitest';
import { allowedOrigins } from './allowed-origins';
import { readRequest } from './requests';

describe('allowedOrigins', () => {
  it('accepts exact origins', () => {
    expect(allowedOrigins('?origin=https%3A%2F%2Fa.example&theme=dark&origin=http://localhost:8080')).toEqual([
      'https://a.example',
      'http://localhost:8080',
    ]);
  });

  it.each(['', '?origin=', '?origin=*', '?origin=null', '?origin=https://a.example/', '?origin=https://*.example', '?origin=https://A.example',
    '?origin=https://a.example:443', '?origin=a.example', '?origin=file://', '?origin=data:text/html,x'])('allows nobody for %j', (search) => {
    expect(allowedOrigins(search)).toEqual([]);
  });
});

describe('readRequest', () => {
  it.each([[null], ['mien'], [7], [{}], [{ type: 'detect', id: 1 }], [[]]])('ignores %j', (data) => {
    expect(readRequest(data)).toBeNull();
  });

  it('parses requests and drops unknown keys', () => {
    expect(readRequest({ mien: 1, type: 'hello', more: true })).toEqual({ mien: 1, type: 'hello' });
    expect(readRequest({ mien: 1, type: 'track-start', id: 'a' })).toEqual({ mien: 1, type: 'track-start', id: 'a' });
    expect(readRequest({ mien: 1, type: 'detect', id: 0, image: 'data:,', file: 3 })).toEqual({ mien: 1, type: 'detect', id: 0, image: 'data:,' });
  });

  it.each([
    [{ mien: 2, type: 'hello', id: 4 }, 4, 'protocol 2'],
    [{ mien: 1, type: 'erase', id: 4 }, 4, 'type: erase'],
    [{ mien: 1, type: 'detect', image: 'data:,' }, null, 'id'],
    [{ mien: 1, type: 'detect', id: {} }, null, 'id'],
  ])('says what is wrong with %j', (data, id, words) => {
    const bad = readRequest(data);
    expect(bad).toMatchObject({ type: 'bad', id });
    expect(bad?.type === 'bad' && bad.error.message).toContain(words);
  });
});
