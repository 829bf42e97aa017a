import { useEffect, useRef, type RefObject } from 'react';
import type { Size } from '../../engine/geometry';
import { containedView, paintOverlay, toCanvas, type PaintedFace } from '../../export/overlay-painter';
import type { LiveSession } from '../../app/live/live-session';

interface Options {
  readonly session: LiveSession;
  readonly live: boolean;
  readonly mirror: boolean;
  /** Draws head pose axes. */
  readonly pose: boolean;
  readonly focused: number | null;
}

interface Overlay {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Hit-tests a point of the page against the boxes; null if none is there. */
  readonly trackAt: (clientX: number, clientY: number) => number | null;
}

/** Size of the frames that the boxes refer to. */
function frameSize(session: LiveSession, live: boolean): Size | null {
  return (live ? null : session.still?.size) ?? session.store.getSnapshot().latest?.frame ?? null;
}

function clear(context: CanvasRenderingContext2D): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
}

/** Draws boxes over the running video, at the display's refresh rate; while the camera is off, the still with its boxes. */
function paint(context: CanvasRenderingContext2D, { session, live, mirror, pose, focused }: Options, moving: readonly PaintedFace[]): void {
  const { canvas } = context;
  clear(context);
  const still = live ? null : session.still;
  const frame = frameSize(session, live);
  if (!frame || (!live && !still)) return;
  const view = containedView(frame, canvas, mirror, devicePixelRatio);
  if (still) {
    const { x, y, width, height } = toCanvas({ x: 0, y: 0, ...still.size }, view);
    context.save();
    if (mirror) {
      context.translate(canvas.width, 0);
      context.scale(-1, 1);
    }
    context.drawImage(still.image, x, y, width, height);
    context.restore();
  }
  paintOverlay(context, still ? still.faces : moving, view, { focused, pose, mayShorten: true });
}

export function useOverlay({ session, live, mirror, pose, focused }: Options): Overlay {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const options = { session, live, mirror, pose, focused };
    const fit = () => {
      const width = Math.round(element.clientWidth * devicePixelRatio);
      const height = Math.round(element.clientHeight * devicePixelRatio);
      // Setting a size clears the canvas, so this is only done on changes.
      if (element.width !== width) element.width = width;
      if (element.height !== height) element.height = height;
      paint(context, options, session.motion.at(performance.now()));
    };
    const resizing = new ResizeObserver(fit);
    resizing.observe(element);
    fit();
    let handle = 0;
    let isBlank = false;
    const step = () => {
      const faces = session.motion.at(performance.now());
      // Clearing an empty canvas again would make the browser composite it again, which is slow without a GPU.
      if (faces.length > 0 || !isBlank) paint(context, options, faces);
      isBlank = faces.length === 0;
      handle = requestAnimationFrame(step);
    };
    if (live) handle = requestAnimationFrame(step);
    return () => {
      resizing.disconnect();
      cancelAnimationFrame(handle);
    };
  }, [session, live, mirror, pose, focused]);

  const trackAt = (clientX: number, clientY: number): number | null => {
    const element = canvas.current;
    const frame = frameSize(session, live);
    if (!element || !frame) return null;
    const bounds = element.getBoundingClientRect();
    const view = containedView(frame, bounds, mirror, 1);
    const x = clientX - bounds.left;
    const y = clientY - bounds.top;
    const hit = session.motion.at(performance.now()).find(({ box }) => {
      const rect = toCanvas(box, view);
      return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
    });
    return hit?.face.track ?? null;
  };

  return { canvas, trackAt };
}
