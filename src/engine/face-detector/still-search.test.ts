import { expect, it, vi } from 'vitest';
import { SceneLooks, square } from './looks-fixture';
import { searchStill, type OnFirstLook } from './still-search';

const FRAME = { width: 640, height: 480 };
const pause = () => Promise.resolve();

it('reports large faces after the first look and the looks that place them, and confirms them on request', async () => {
  const looks = new SceneLooks(FRAME, [square(200, 100, 200)]);
  const onFirstLook = vi.fn<OnFirstLook>((guessed, confirmed) => {
    const before = looks.taken.length;
    const [face] = confirmed();
    expect(looks.taken.length).toBeGreaterThan(before);
    expect(face?.box).toEqual(guessed[0]?.box);
    return Promise.resolve();
  });
  expect(await searchStill(looks, { pause, onFirstLook })).toHaveLength(1);
  expect(onFirstLook).toHaveBeenCalledOnce();
});

it('reports no small face at first', async () => {
  const onFirstLook = vi.fn<OnFirstLook>();
  expect(await searchStill(new SceneLooks(FRAME, [square(200, 100, 100)]), { pause, onFirstLook })).toHaveLength(1);
  expect(onFirstLook).not.toHaveBeenCalled();
});
