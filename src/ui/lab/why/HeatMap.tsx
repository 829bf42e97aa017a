import { useEffect, useRef, type PointerEvent, type ReactNode } from 'react';
import { heatPixels, type HeatColors } from '../../../app/lab/heat-map';
import own from './heat.module.css';

interface Props {
  /** The face, as large as the map. */
  readonly children: ReactNode;
  readonly side: number;
  /** [side, side]; null while it is not known. */
  readonly evidence: Float32Array | null;
  /** 0–1. */
  readonly opacity: number;
  /** Told of the place that is pointed at, row by row; null: pointing does nothing. */
  readonly onPoint?: ((place: number | null) => void) | null;
}

/** Pixels on a side of the drawn map; the browser enlarges it. */
const SIZE = 96;
/** Apart for all colour vision, on skin of any shade. */
const COLORS: HeatColors = { for: [0, 190, 150], against: [225, 60, 40] };

/** A face under its evidence. */
export function HeatMap({ children, side, evidence, opacity, onPoint = null }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, SIZE, SIZE);
    if (evidence) context.putImageData(new ImageData(heatPixels(evidence, side, SIZE, COLORS), SIZE, SIZE), 0, 0);
  }, [evidence, side]);
  const point = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const [row, column] = [(clientY - top) / height, (clientX - left) / width].map((share) => Math.min(side - 1, Math.max(0, Math.floor(share * side))));
    onPoint?.((row ?? 0) * side + (column ?? 0));
  };
  return (
    <div className={own['heat']} {...(onPoint && { onPointerMove: point, onPointerLeave: () => onPoint(null) })} data-shown={evidence !== null || undefined}>
      {children}
      <canvas ref={canvas} width={SIZE} height={SIZE} style={{ opacity }} aria-hidden="true" />
    </div>
  );
}
