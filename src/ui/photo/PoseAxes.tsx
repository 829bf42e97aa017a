import type { FrameResult } from '../../engine/types';
import { POSE_COLORS, POSE_EDGE, poseStrokes, type PoseStroke } from '../../export/pose-axes';
import styles from './FaceBoxes.module.css';

/** Head pose axes over the picture. The cards give the same in degrees. */
export function PoseAxes({ result: { frame, faces } }: { readonly result: FrameResult }) {
  return (
    <svg className={styles['axes']} viewBox={`0 0 ${frame.width} ${frame.height}`} preserveAspectRatio="none" aria-hidden="true" data-testid="pose-axes">
      {faces
        .filter((face) => face.status === 'classified')
        .map(({ box, headPose }, index) => {
          const strokes = poseStrokes(box, headPose);
          return (
            <g key={index}>
              {strokes.map((stroke) => (
                <Stroke key={stroke.axis} stroke={stroke} color={POSE_EDGE} width={4.5} />
              ))}
              {strokes.map((stroke) => (
                <Stroke key={stroke.axis} stroke={stroke} color={POSE_COLORS[stroke.axis]} width={2.5} />
              ))}
            </g>
          );
        })}
    </svg>
  );
}

/** A line with a constant width in screen pixels at any zoom; the forward axis ends in a dot. */
function Stroke({ stroke: { axis, from, to }, color, width }: { readonly stroke: PoseStroke; readonly color: string; readonly width: number }) {
  return (
    <>
      <path d={`M${from.x} ${from.y} L${to.x} ${to.y}`} stroke={color} strokeWidth={width} />
      {axis === 'ahead' && <path d={`M${to.x} ${to.y} h0`} stroke={color} strokeWidth={width * 2.8} />}
    </>
  );
}
