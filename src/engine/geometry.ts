declare const space: unique symbol;

/** A point in pixels of the frame as displayed: x to the right, y down, origin at the top left. */
export interface PixelPoint {
  readonly x: number;
  readonly y: number;
  readonly [space]?: 'pixel';
}

/** A rectangle in pixels of the frame as displayed. It may reach outside the frame. */
export interface PixelRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly [space]?: 'pixel';
}

/** A rectangle as shares (0–1) of the frame's width and height. */
export interface NormalizedRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly [space]: 'normalized';
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function pixelRect(x: number, y: number, width: number, height: number): PixelRect {
  return { x, y, width, height };
}

export function toNormalized(rect: PixelRect, frame: Size): NormalizedRect {
  return {
    x: rect.x / frame.width,
    y: rect.y / frame.height,
    width: rect.width / frame.width,
    height: rect.height / frame.height,
  } as NormalizedRect;
}

export function center(rect: PixelRect): PixelPoint {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}

export function area(rect: PixelRect): number {
  return Math.max(0, rect.width) * Math.max(0, rect.height);
}

/** Intersection of both rectangles, of zero size if they do not meet. */
export function intersection(a: PixelRect, b: PixelRect): PixelRect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return pixelRect(
    x,
    y,
    Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  );
}

/** Intersection over union, 0–1. */
export function overlap(a: PixelRect, b: PixelRect): number {
  const shared = area(intersection(a, b));
  const union = area(a) + area(b) - shared;
  return union > 0 ? shared / union : 0;
}

/** Share (0–1) of the rectangle that lies inside the frame. */
export function insideShare(rect: PixelRect, frame: Size): number {
  const whole = area(rect);
  return whole > 0 ? area(intersection(rect, pixelRect(0, 0, frame.width, frame.height))) / whole : 0;
}
