import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { heatPixels, type HeatColors } from '../../../app/lab/heat-map';
import { COVER_SHARE } from '../../../lab/why/occlusion';
import { t } from '../../../words/i18n';
import own from './heat.module.css';

interface Props {
  /** The face, at the size of the map. */
  readonly children: ReactNode;
  readonly side: number;
  /** [side, side]; null while unknown. */
  readonly evidence: Float32Array | null;
  /** 0–1. */
  readonly opacity: number;
  /** Covering control; null: none. */
  readonly covering?: Covering | null;
}

/** One place is covered by pointer, touch or arrow keys; Delete clears it. */
interface Covering {
  /** Row-major index; null: none is covered. */
  readonly place: number | null;
  readonly onPlace: (place: number | null) => void;
}

/** Side of the drawn map, in pixels; the browser enlarges it. */
const SIZE = 96;
/** Distinguishable with any colour vision, on skin of any shade. */
const COLORS: HeatColors = { for: [0, 190, 150], against: [225, 60, 40] };

/** Steps of the arrow keys; null clears the cover. Not mirrored in right-to-left languages, because the face is not. */
const STEPS: Readonly<Record<string, readonly [rows: number, columns: number] | null>> = { Delete: null, Backspace: null, ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** A face with its evidence as an overlay. */
export function HeatMap({ children, side, evidence, opacity, covering = null }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, SIZE, SIZE);
    if (evidence) context.putImageData(new ImageData(heatPixels(evidence, side, SIZE, COLORS), SIZE, SIZE), 0, 0);
  }, [evidence, side]);
  return (
    <div className={own['heat']} data-picture data-shown={evidence !== null || undefined}>
      {children}
      <canvas ref={canvas} width={SIZE} height={SIZE} style={{ opacity }} aria-hidden="true" />
      {/* Over the face rather than around it: screen readers ignore the contents of a slider. */}
      {covering && <div className={own['covering']} {...coverProps(covering, side)} />}
      {covering && covering.place !== null && <div className={own['cover']} style={coverStyle(covering.place, side)} aria-hidden="true" />}
    </div>
  );
}

function coverProps({ place, onPlace }: Covering, side: number) {
  const within = (value: number) => Math.min(side - 1, Math.max(0, value));
  const middle = Math.floor(side ** 2 / 2);
  const [row, column] = [Math.floor((place ?? middle) / side), (place ?? middle) % side];
  const point = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    onPlace(within(Math.floor(((clientY - top) / height) * side)) * side + within(Math.floor(((clientX - left) / width) * side)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (step === null) return onPlace(null);
    onPlace(place === null ? middle : within(row + step[0]) * side + within(column + step[1]));
  };
  return {
    role: 'slider',
    tabIndex: 0,
    'aria-label': t('Part to cover'),
    'aria-valuemin': 1,
    'aria-valuemax': side ** 2,
    'aria-valuenow': row * side + column + 1,
    'aria-valuetext': place === null ? t('nothing is covered') : t('row {row}, column {column}', { row: row + 1, column: column + 1 }),
    onKeyDown,
    onPointerDown: point,
    onPointerMove: point,
    // Lifting a finger also leaves the element, but the result should stay visible.
    onPointerLeave: ({ pointerType }: PointerEvent) => pointerType === 'mouse' && onPlace(null),
    onBlur: () => onPlace(null),
  };
}

function coverStyle(place: number, side: number) {
  const percent = (index: number) => `${100 * ((index + 0.5) / side - COVER_SHARE / 2)}%`;
  return { top: percent(Math.floor(place / side)), left: percent(place % side), width: `${100 * COVER_SHARE}%`, height: `${100 * COVER_SHARE}%` };
}
