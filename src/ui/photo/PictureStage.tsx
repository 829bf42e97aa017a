import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, type CSSProperties } from 'react';
import type { Size } from '../../engine/geometry';
import { Button } from '../shared/Button';
import { FullScreenIcon, ZoomInIcon, ZoomOutIcon } from '../shared/icons';
import { useFullScreenElement } from '../use-full-screen-element';
import { useElementSize } from '../use-element-size';
import { swipeTarget } from '../../app/photo/swipe';
import { formatPercent } from '../../words/format';
import { t } from '../../words/i18n';
import styles from './PictureStage.module.css';

const MOST = 8;
const STEP = 1.5;
/** Pointer movement beyond which a press becomes a drag, CSS pixels. */
const DRAG_PX = 4;

interface Props {
  readonly src: string;
  readonly alt: string;
  /** Natural size of the picture in pixels; null while unknown. */
  readonly size: Size | null;
  readonly picture: RefObject<HTMLDivElement | null>;
  /** The element shown in full screen, if available. */
  readonly whole: RefObject<HTMLElement | null>;
  /** Called on a swipe to select the previous or next picture; null if there is none. */
  readonly onSwipe: ((by: -1 | 1) => void) | null;
  /** Renders the overlay. */
  readonly children: (shown: Size | null) => ReactNode;
}

/** A picture that can be zoomed, panned and shown in full screen. */
export function PictureStage({ src, alt, size: known, picture, whole, onSwipe, children }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const shown = useElementSize(picture);
  const fullScreen = useFullScreenElement();
  const [loaded, setLoaded] = useState<Size | null>(null);
  // Keeps its size when the result appears.
  const size = known ?? loaded;
  /** Size at 100 %. */
  const [fit, setFit] = useState<Size | null>(null);
  const [zoom, setZoom] = useState(1);
  const before = useRef(1);
  const enlarged = zoom > 1 && fit !== null;

  const zoomTo = (wanted: number) => {
    const next = Math.min(MOST, Math.max(1, wanted));
    if (zoom === 1 && picture.current) setFit({ width: picture.current.clientWidth, height: picture.current.clientHeight });
    setZoom(next);
  };

  // Zooms around the centre of the view.
  useLayoutEffect(() => {
    const view = stage.current;
    const ratio = zoom / before.current;
    before.current = zoom;
    if (!view || ratio === 1) return;
    view.scrollLeft = (view.scrollLeft + view.clientWidth / 2) * ratio - view.clientWidth / 2;
    view.scrollTop = (view.scrollTop + view.clientHeight / 2) * ratio - view.clientHeight / 2;
  }, [zoom]);

  // Not passive, unlike React's own: Ctrl with the wheel, or a touchpad pinch, zooms the picture instead of the page.
  const onWheel = useRef<(event: WheelEvent) => void>(() => undefined);
  useEffect(() => {
    onWheel.current = (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoomTo(zoom * Math.exp(-event.deltaY / 200));
    };
  });
  useEffect(() => {
    const view = stage.current;
    const listener = (event: WheelEvent) => onWheel.current(event);
    view?.addEventListener('wheel', listener, { passive: false });
    return () => view?.removeEventListener('wheel', listener);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const factor = { '+': STEP, '=': STEP, '-': 1 / STEP, '0': 1 / MOST }[event.key];
    if (factor === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    zoomTo(zoom * factor);
  };

  return (
    <figure className={styles['figure']} data-picture onKeyDown={onKeyDown}>
      <div ref={stage} className={styles['stage']} data-enlarged={enlarged || undefined} style={enlarged ? enlargedHeight(fit, zoom) : undefined} {...useDragging(stage, enlarged)} {...useSwiping(enlarged ? null : onSwipe)}>
        <div ref={picture} className={styles['picture']}>
          <img
            src={src}
            alt={alt}
            width={size?.width}
            height={size?.height}
            draggable={false}
            {...(size && { 'data-sized': true })}
            style={enlarged ? { width: fit.width * zoom, maxWidth: 'none', maxHeight: 'none' } : sizing(size)}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setLoaded({ width, height })}
          />
          {children(shown)}
        </div>
      </div>
      <div className={styles['tools']} role="group" aria-label={t('Picture')}>
        <Button variant="quiet" icon aria-label={t('Make the picture smaller')} isDisabled={zoom === 1} onPress={() => zoomTo(zoom / STEP)}>
          <ZoomOutIcon />
        </Button>
        <output className={styles['zoom']}>{formatPercent(zoom, 0)}</output>
        <Button variant="quiet" icon aria-label={t('Make the picture larger')} isDisabled={zoom === MOST} onPress={() => zoomTo(zoom * STEP)}>
          <ZoomInIcon />
        </Button>
        {document.fullscreenEnabled && fullScreen === null && (
          // Rejected in some embedded pages; the picture then stays where it is.
          <Button variant="quiet" icon aria-label={t('Show the picture on the full screen')} onPress={() => void whole.current?.requestFullscreen().catch(() => undefined)}>
            <FullScreenIcon />
          </Button>
        )}
      </div>
    </figure>
  );
}

/** Height of the view of an enlarged picture: one step taller, then fixed, so that the buttons below stay in place. */
function enlargedHeight({ height }: Size, zoom: number): CSSProperties {
  return { '--enlarged-height': `${height * Math.min(zoom, STEP)}px` } as CSSProperties;
}

/** CSS variables for the style sheet, which computes the available space. */
function sizing(size: Size | null): CSSProperties | undefined {
  return size ? ({ '--width': `${size.width}px`, '--ratio': size.width / size.height } as CSSProperties) : undefined;
}

/** Pans an enlarged picture with the mouse; touch scrolls it natively. */
function useDragging(stage: RefObject<HTMLElement | null>, enlarged: boolean) {
  const from = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  if (!enlarged) return {};
  return {
    onPointerDown: ({ pointerType, button, clientX: x, clientY: y }: PointerEvent) => {
      if (pointerType === 'mouse' && button === 0) from.current = { x, y, moved: false };
    },
    onPointerMove: ({ clientX: x, clientY: y, pointerId }: PointerEvent) => {
      const start = from.current;
      if (!start || (!start.moved && Math.hypot(x - start.x, y - start.y) < DRAG_PX)) return;
      if (!start.moved) stage.current?.setPointerCapture(pointerId);
      stage.current?.scrollBy(start.x - x, start.y - y);
      from.current = { x, y, moved: true };
    },
    onPointerUp: () => {
      from.current = null;
    },
    onPointerCancel: () => {
      from.current = null;
    },
  };
}

/** Detects horizontal swipes; scrolling and pinching are left to the browser. */
function useSwiping(onSwipe: Props['onSwipe']) {
  const from = useRef<{ readonly x: number; readonly y: number; readonly atMs: number } | null>(null);
  if (!onSwipe) return {};
  return {
    onPointerDown: ({ pointerType, isPrimary, clientX: x, clientY: y, timeStamp: atMs }: PointerEvent) => {
      // A second finger makes it a pinch.
      from.current = pointerType === 'touch' && isPrimary ? { x, y, atMs } : null;
    },
    onPointerUp: ({ currentTarget, clientX, clientY, timeStamp }: PointerEvent) => {
      const start = from.current;
      from.current = null;
      const by = start && swipeTarget({ dx: clientX - start.x, dy: clientY - start.y, ms: timeStamp - start.atMs }, getComputedStyle(currentTarget).direction === 'rtl');
      if (by) onSwipe(by);
    },
    onPointerCancel: () => {
      from.current = null;
    },
  };
}
