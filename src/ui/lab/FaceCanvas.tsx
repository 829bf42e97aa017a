import { useEffect, useRef } from 'react';
import styles from './lab.module.css';

interface Props {
  /** [side, side], 0–255. */
  readonly luminance: Uint8Array;
  readonly side: number;
  /** Empty if a name is next to it. */
  readonly alt: string;
}

/** A cropped face, as input to a model. */
export function FaceCanvas({ luminance, side, alt }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) drawFace(canvas.current, luminance, side);
  }, [luminance, side]);
  return <canvas ref={canvas} className={styles['face']} width={side} height={side} data-picture {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })} />;
}

/** @param luminance [side, side], 0–255. */
export function drawFace(canvas: HTMLCanvasElement, luminance: Uint8Array, side: number): void {
  const image = scratchOf(side);
  for (let i = 0, at = 0; i < luminance.length; i++, at += 4) image.data[at] = image.data[at + 1] = image.data[at + 2] = luminance[i] ?? 0;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

/** One per size: a new one for each face would fill memory faster than it is collected when thousands scroll by. */
const scratches = new Map<number, ImageData>();

function scratchOf(side: number): ImageData {
  const known = scratches.get(side);
  if (known) return known;
  const scratch = new ImageData(side, side);
  for (let i = 3; i < scratch.data.length; i += 4) scratch.data[i] = 255;
  scratches.set(side, scratch);
  return scratch;
}
