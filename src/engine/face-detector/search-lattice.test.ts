import { describe, expect, it } from 'vitest';
import { pixelRect, type PixelRect, type Size } from '../geometry';
import { faceAt } from './face-fixture';
import { fastLooks, finestTiles, isCutByTile, looksAt, tileLooks, tileSides, wholeLooks } from './search-lattice';

const regions = (frame: Size, faces: PixelRect[] = []): PixelRect[] =>
  tileLooks(frame, faces.map((box) => faceAt(box))).map(({ region }) => region);

const holds = (tile: PixelRect, box: PixelRect): boolean =>
  tile.x <= box.x && tile.y <= box.y && tile.x + tile.width >= box.x + box.width && tile.y + tile.height >= box.y + box.height;

describe('wholeLooks', () => {
  it('shows the picture to both networks, with and without a border as wide as the picture', () => {
    const looks = wholeLooks({ width: 40, height: 30 });
    expect(looks.map(({ range, region }) => [range, region])).toEqual([
      ['short', pixelRect(0, 0, 40, 30)],
      ['full', pixelRect(0, 0, 40, 30)],
      ['short', pixelRect(-40, -30, 120, 90)],
      ['full', pixelRect(-40, -30, 120, 90)],
    ]);
  });
});

describe('tileLooks', () => {
  it.each([
    { width: 1280, height: 960 },
    { width: 4000, height: 3000 },
    { width: 641, height: 479 },
    { width: 300, height: 2000 },
  ])('shows every face from 1/40 to 1/3 of a $width×$height picture whole, and large enough', (frame) => {
    const tiles = regions(frame);
    const longer = Math.max(frame.width, frame.height);
    const finest = Math.min(...tiles.map((tile) => Math.max(tile.width, tile.height)));
    for (let size = Math.max(26, longer / 40); size < Math.min(frame.width, frame.height) / 3; size *= 1.13) {
      for (let y = 0; y + size <= frame.height; y += frame.height / 11) {
        for (let x = 0; x + size <= frame.width; x += frame.width / 11) {
          const box = pixelRect(x, y, size, size);
          const whole = tiles.filter((tile) => holds(tile, box));
          expect(whole.length).toBeGreaterThan(0);
          const share = Math.max(...whole.map((tile) => size / Math.max(tile.width, tile.height)));
          expect(share).toBeGreaterThan(Math.min(0.16, (size / finest) * 0.99));
        }
      }
    }
  });

  it('stays inside the picture, in whole pixels', () => {
    const frame = { width: 1283, height: 777 };
    for (const tile of regions(frame)) {
      expect(holds(pixelRect(0, 0, frame.width, frame.height), tile)).toBe(true);
      expect([tile.x, tile.y, tile.width, tile.height].every(Number.isInteger)).toBe(true);
    }
  });

  it('makes no tiles of a picture as small as one', () => {
    expect(regions({ width: 128, height: 128 })).toEqual([]);
    expect(regions({ width: 1, height: 1 })).toEqual([]);
  });

  it('limits the looks for the largest pictures', () => {
    expect(regions({ width: 12_000, height: 9000 }).length).toBeLessThan(320);
    expect(regions({ width: 10_000, height: 10 }).length).toBeLessThan(60);
  });

  it('does not search for the smallest faces behind a large one', () => {
    const frame = { width: 1280, height: 960 };
    const behind = regions(frame, [pixelRect(300, 200, 600, 600), pixelRect(0, 0, 50, 50)]);
    expect(behind.length).toBeLessThan(regions(frame).length / 6);
    expect(Math.min(...behind.map(({ width }) => width))).toBe(512);
  });
});

describe('tileSides', () => {
  it.each([
    ['20000×500', { width: 20_000, height: 500 }],
    ['500×20000', { width: 500, height: 20_000 }],
  ])('goes by the shorter side of a picture of %s', (_, size) => {
    expect(tileSides(size)).toEqual([317, 634, 1268]);
  });
});

describe('looksAt', () => {
  const frame = { width: 1280, height: 720 };

  it.each([40, 62, 150, 300, 600])('shows a face of %d px completely, neither too small nor too large', (side) => {
    const box = pixelRect(500, 60, side, side);
    const looks = looksAt(box, frame, 0);
    expect(looks.length).toBeGreaterThan(0);
    for (const { region } of looks) {
      expect(holds(region, box)).toBe(true);
      const share = side / Math.max(region.width, region.height);
      expect(share).toBeGreaterThanOrEqual(0.15);
      expect(share).toBeLessThanOrEqual(0.62);
    }
  });

  it('takes its regions from the search, regardless of other detections', () => {
    const keys = new Set([...wholeLooks(frame), ...tileLooks(frame, [])].map(({ region }) => JSON.stringify(region)));
    expect(looksAt(pixelRect(500, 60, 90, 90), frame, 0).every(({ region }) => keys.has(JSON.stringify(region)))).toBe(true);
  });
});

describe('fastLooks', () => {
  it.each([
    { width: 640, height: 480 },
    { width: 1280, height: 720 },
  ])('shows every face from 40 px in $width×$height large enough', (frame) => {
    const { tiles } = fastLooks(frame);
    for (let y = 0; y + 40 <= frame.height; y += 17) {
      for (let x = 0; x + 40 <= frame.width; x += 19) {
        const box = pixelRect(x, y, 40, 40);
        expect(tiles.some(({ region }) => holds(region, box) && 40 / region.width >= 0.15)).toBe(true);
      }
    }
  });
});

describe('isCutByTile', () => {
  const frame = { width: 1000, height: 800 };
  const tile = pixelRect(0, 200, 300, 300);
  it.each([
    ['inside', pixelRect(50, 250, 100, 100), false],
    ["over the picture's own edge", pixelRect(-20, 250, 100, 100), false],
    ['over the right edge', pixelRect(250, 250, 100, 100), true],
    ['over the top edge', pixelRect(50, 190, 100, 100), true],
    ['over the bottom edge', pixelRect(50, 450, 100, 100), true],
  ])('%s: %o → %s', (_, box, cut) => {
    expect(isCutByTile(box, tile, frame)).toBe(cut);
  });
});

describe('finestTiles', () => {
  const frame = { width: 1280, height: 720 };

  it('are tiles of a still that show a small face completely, and that live searches skip', () => {
    const box = pixelRect(300, 300, 56, 56);
    const fine = finestTiles(frame, [faceAt(box)]).map(({ region }) => region);
    expect(fine.length).toBeGreaterThan(0);
    const still = tileLooks(frame, []).map(({ region }) => JSON.stringify(region));
    const live = fastLooks(frame).tiles.map(({ region }) => JSON.stringify(region));
    for (const region of fine) {
      expect(holds(region, box)).toBe(true);
      expect(still).toContain(JSON.stringify(region));
      expect(live).not.toContain(JSON.stringify(region));
    }
  });

  it('are none for faces that larger tiles show better', () => {
    expect(finestTiles(frame, [faceAt(pixelRect(300, 200, 200, 200))])).toEqual([]);
  });
});
