import { useEffect, useRef } from 'react';
import styles from './lab.module.css';

interface Props {
  /** [side, side], 0–255. */
  readonly luminance: Uint8Array;
  readonly side: number;
  /** Empty where a name stands beside it. */
  readonly alt: string;
}

/** A cropped face, as a model sees it. */
export function FaceCanvas({ luminance, side, alt }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(side, side);
    const { data } = image;
    for (let i = 0, at = 0; i < luminance.length; i++, at += 4) {
      data[at] = data[at + 1] = data[at + 2] = luminance[i] ?? 0;
      data[at + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [luminance, side]);
  return <canvas ref={canvas} className={styles['face']} width={side} height={side} {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })} />;
}
