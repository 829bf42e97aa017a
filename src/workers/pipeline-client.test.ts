import { describe, expect, it } from 'vitest';
import { orderToTry } from './pipeline-client';

describe('orderToTry', () => {
  it('starts with what is ready soonest where nothing is known', () => {
    expect(orderToTry('auto', null)).toEqual(['wasm', 'webgl', 'cpu']);
  });

  it('starts with what was fastest here before', () => {
    expect(orderToTry('auto', 'webgl')).toEqual(['webgl', 'wasm', 'cpu']);
  });

  it('starts with the choice, and still falls back', () => {
    expect(orderToTry('cpu', 'webgl')).toEqual(['cpu', 'wasm', 'webgl']);
  });
});
