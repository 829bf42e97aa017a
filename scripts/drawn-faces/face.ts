import type { Expression } from '../../src/engine/labels';
import { lookOf, mix, POSES, type Look, type Pose } from './looks';

/** One person in a drawn scene. Lengths in pixels of the picture. */
export interface DrawnFace {
  /** Centre of the face, between the eyes and the mouth. */
  readonly x: number;
  readonly y: number;
  /** Height from the top of the hairline to the chin. */
  readonly height: number;
  readonly expression: Expression;
  /** Identifies the person: the same seed draws the same appearance. */
  readonly seed: number;
  /** Degrees; > 0 turns the face to the image's right. */
  readonly yawDeg?: number;
  /** Degrees; > 0 turns it up. */
  readonly pitchDeg?: number;
  /** Degrees, clockwise on screen. */
  readonly rollDeg?: number;
}

/** Half axes of the head's ellipsoid in face units, about millimetres; the face is at z > 0. */
const HEAD = { halfWidth: 78, halfHeight: 104, depth: 88 };
/** Protrusion from the ellipsoid, giving realistic depths: nose 40 and mouth 24 in front of the eyes, ears 56 behind. */
const LIFT = { eyes: -12, noseTip: 20, mouth: 10 };
const EAR: Point3 = [81, 2, 12];
/** Yaw in radians from which the nose reaches the outline. */
const PROFILE = 0.7;

type Point = readonly [x: number, y: number];
type Point3 = readonly [x: number, y: number, z: number];

/** Maps the flat face onto the head's curve, then rotates it: pitch first, then yaw. */
class Turn {
  readonly yaw: number;
  readonly pitch: number;
  private readonly breadth: number;

  constructor({ yawDeg = 0, pitchDeg = 0 }: Pick<DrawnFace, 'yawDeg' | 'pitchDeg'>, breadth: number) {
    this.yaw = (yawDeg * Math.PI) / 180;
    this.pitch = (pitchDeg * Math.PI) / 180;
    this.breadth = breadth;
  }

  /** Projects a point of the head. */
  place([x, y, z]: Point3): Point {
    const ahead = z * Math.cos(this.pitch) + y * Math.sin(this.pitch);
    return [
      x * this.breadth * Math.cos(this.yaw) + ahead * Math.sin(this.yaw),
      y * Math.cos(this.pitch) - z * Math.sin(this.pitch),
    ];
  }

  /** `lift`: protrusion from the head's surface, as for the nose. */
  point([x, y]: Point, lift = 0): string {
    const within = 1 - Math.min(1, (x / HEAD.halfWidth) ** 2 + (y / HEAD.halfHeight) ** 2 * 0.5);
    return this.place([x, y, HEAD.depth * Math.sqrt(within) + lift])
      .map((value) => value.toFixed(1))
      .join(' ');
  }

  /** A closed or open path: a start, then cubic segments of three points each. */
  path(start: Point, segments: readonly (readonly [Point, Point, Point])[], lift = 0, close = false): string {
    const curves = segments.map((segment) => `C${segment.map((each) => this.point(each, lift)).join(' ')}`);
    return `M${this.point(start, lift)} ${curves.join(' ')}${close ? ' Z' : ''}`;
  }

  ear(side: 1 | -1, fill: string): string {
    const [x, y] = this.place([side * EAR[0], EAR[1], EAR[2]]);
    const rx = 9 + 6 * Math.abs(Math.sin(this.yaw));
    return `<ellipse cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" rx="${rx.toFixed(1)}" ry="22" fill="${fill}"/>`;
  }

  /** An ellipse on the head's surface. */
  ellipse([x, y]: Point, rx: number, ry: number, lift = 0): string {
    const k = 0.5523;
    return this.path([x - rx, y], [
      [[x - rx, y - ry * k], [x - rx * k, y - ry], [x, y - ry]],
      [[x + rx * k, y - ry], [x + rx, y - ry * k], [x + rx, y]],
      [[x + rx, y + ry * k], [x + rx * k, y + ry], [x, y + ry]],
      [[x - rx * k, y + ry], [x - rx, y + ry * k], [x - rx, y]],
    ], lift, true);
  }
}

const EYE = { x: 32, y: -14, halfWidth: 16.5 };
const MOUTH_Y = 52;

function eye(side: 1 | -1, turn: Turn, pose: Pose, look: Look, id: string): string {
  const cx = side * EYE.x;
  const { y } = EYE;
  const w = EYE.halfWidth;
  const upper = (lift: number): readonly [Point, Point, Point] => [
    [cx - w * 0.6, y - pose.upperLid * 1.3 - lift], [cx + w * 0.6, y - pose.upperLid * 1.3 - lift], [cx + w, y],
  ];
  const lower: readonly [Point, Point, Point] = [[cx + w * 0.6, y + pose.lowerLid * 1.3], [cx - w * 0.6, y + pose.lowerLid * 1.3], [cx - w, y]];
  const opening = turn.path([cx - w, y], [upper(0), lower], LIFT.eyes, true);
  return `
    <path d="${turn.ellipse([cx, y - 2], 25, 17, LIFT.eyes)}" fill="${look.skinShade}" opacity="0.38" filter="url(#${id}-soft)"/>
    <clipPath id="${id}-eye${side}"><path d="${opening}"/></clipPath>
    <path d="${opening}" fill="#f4f0ea"/>
    <g clip-path="url(#${id}-eye${side})">
      <path d="${turn.ellipse([cx, y], 8.6, 8.6, LIFT.eyes)}" fill="${look.iris}"/>
      <path d="${turn.ellipse([cx, y], 4, 4, LIFT.eyes)}" fill="#0c0908"/>
      <path d="${turn.ellipse([cx - 3, y - 3], 1.9, 1.9, LIFT.eyes)}" fill="#fff"/>
      <path d="${turn.path([cx - w, y], [upper(-3)], LIFT.eyes)}" fill="none" stroke="#000" stroke-width="5" opacity="0.25"/>
    </g>
    <path d="${turn.path([cx - w, y], [upper(0)], LIFT.eyes)}" fill="none" stroke="#1d1411" stroke-width="3" stroke-linecap="round"/>
    <path d="${turn.path([cx - w, y], [upper(6)], LIFT.eyes)}" fill="none" stroke="${look.skinShade}" stroke-width="1.6" opacity="0.7"/>
    <path d="${turn.path([cx + w, y], [lower], LIFT.eyes)}" fill="none" stroke="${look.skinShade}" stroke-width="1.5" opacity="0.8"/>`;
}

function brow(side: 1 | -1, turn: Turn, pose: Pose, look: Look): string {
  const y = EYE.y - 22;
  const inner: Point = [side * (14 - pose.browsTogether * 0.5), y - 2 + pose.browInnerDy];
  const outer: Point = [side * 54, y + 5 + pose.browOuterDy];
  const arch = (dy: number): [Point, Point] => [[side * 27, y - 4 + pose.browMidDy + dy], [side * 43, y - 6 + pose.browMidDy + dy]];
  const [a, b] = arch(-2);
  const [c, d] = arch(5);
  return `<path d="${turn.path(inner, [[a, b, outer], [d, c, [inner[0], inner[1] + 6]]], 0, true)}"
    fill="${mix(look.hair, '#000000', 0.25)}" opacity="0.92"/>`;
}

function nose(turn: Turn, look: Look, id: string): string {
  const shade = mix(look.skinShade, '#2a0f08', 0.25);
  return `
    <path d="${turn.path([-7, -14], [[[-11, 4], [-12, 14], [-19, 24]], [[-12, 34], [12, 34], [19, 24]], [[12, 14], [11, 4], [7, -14]]], LIFT.noseTip - 12, true)}"
      fill="${look.skinShade}" opacity="0.55" filter="url(#${id}-soft)"/>
    <path d="${turn.ellipse([0, 6], 5, 22, LIFT.noseTip - 4)}" fill="${look.skinLight}" opacity="0.8" filter="url(#${id}-soft)"/>
    <path d="${turn.ellipse([0, 20], 10, 8, LIFT.noseTip)}" fill="${look.skinLight}" opacity="0.6" filter="url(#${id}-soft)"/>
    <path d="${turn.ellipse([-9, 28], 5, 2.8, LIFT.noseTip - 8)}" fill="${shade}"/>
    <path d="${turn.ellipse([9, 28], 5, 2.8, LIFT.noseTip - 8)}" fill="${shade}"/>
    <path d="${turn.path([-20, 24], [[[-18, 32], [-12, 32], [-7, 31]], [[-3, 35], [3, 35], [7, 31]], [[12, 32], [18, 32], [20, 24]]], LIFT.noseTip - 8)}"
      fill="none" stroke="${shade}" stroke-width="1.8" opacity="0.7"/>`;
}

/** In profile the nose protrudes beyond the head's outline. */
function noseOutline(turn: Turn, look: Look): string {
  const corners = ([[0, -16, 82], [0, 10, 104], [0, 24, 108], [0, 34, 90], [-Math.sign(turn.yaw) * 18, 28, 82]] as const).map((corner) =>
    turn.place(corner).map((value) => value.toFixed(1)).join(' '),
  );
  return `<path d="M${corners.join(' L')} Z" fill="${look.skin}" stroke="${look.skin}" stroke-width="6" stroke-linejoin="round"/>`;
}

function mouth(turn: Turn, pose: Pose, look: Look, id: string): string {
  const w = pose.mouthHalfWidth;
  const corner = MOUTH_Y + pose.mouthCornerDy;
  const top = MOUTH_Y + pose.mouthCenterDy - pose.mouthOpen * 0.35;
  const bottom = top + pose.mouthOpen;
  /** Curve from the left to the right mouth corner through the mouth's centre at `y`. */
  const across = (y: number): [Point, Point] => {
    const bend = corner + ((y - corner) * 4) / 3;
    return [[-w * 0.55, bend], [w * 0.55, bend]];
  };
  const [ul, ur] = across(top - 6);
  const [ll, lr] = across(bottom + 8.5);
  const [tl, tr] = across(top);
  const [bl, br] = across(bottom);
  const lips = turn.path([-w - 2, corner], [[ul, ur, [w + 2, corner]], [lr, ll, [-w - 2, corner]]], LIFT.mouth, true);
  const opening = turn.path([-w + 2, corner], [[tl, tr, [w - 2, corner]], [br, bl, [-w + 2, corner]]], LIFT.mouth, true);
  const teethDepth = Math.min(9, pose.mouthOpen * 0.62);
  const [dl, dr] = across(top + teethDepth);
  const teeth = turn.path([-w + 4, corner], [[tl, tr, [w - 4, corner]], [dr, dl, [-w + 4, corner]]], LIFT.mouth, true);
  return `
    <path d="${turn.ellipse([0, bottom + 16], 18, 6, LIFT.mouth - 2)}" fill="${look.skinShade}" opacity="0.5" filter="url(#${id}-soft)"/>
    <path d="${lips}" fill="${look.lips}"/>
    <path d="${opening}" fill="#35100f" stroke="#4a1a1a" stroke-width="2"/>
    ${pose.teeth ? `<path d="${teeth}" fill="#f3efe8"/>` : ''}
    <path d="${turn.ellipse([0, bottom + 4.5], w * 0.36, 1.8, LIFT.mouth + 1)}" fill="#fff" opacity="0.22"/>`;
}

function lines(turn: Turn, pose: Pose, look: Look, id: string): string {
  const corner = MOUTH_Y + pose.mouthCornerDy;
  const fold = (side: 1 | -1) => turn.path([side * 21, 24], [[[side * 30, 32], [side * (pose.mouthHalfWidth + 8), corner - 12], [side * (pose.mouthHalfWidth + 8), corner + 4]]]);
  const frown = (side: 1 | -1) => turn.path([side * 5, EYE.y - 24], [[[side * 7, EYE.y - 16], [side * 5, EYE.y - 10], [side * 6, EYE.y - 4]]], 4);
  const stroke = (d: string, opacity: number, width: number) =>
    `<path d="${d}" fill="none" stroke="${look.skinShade}" stroke-width="${width}" stroke-linecap="round" opacity="${opacity.toFixed(2)}"/>`;
  return ([-1, 1] as const)
    .map((side) => stroke(fold(side), 0.2 + 0.7 * pose.smileLines, 3) + stroke(frown(side), 0.9 * pose.frownLines, 2.6)
      + `<path d="${turn.ellipse([side * 44, 22 - pose.smileLines * 4], 16, 11)}" fill="${pose.smileLines > 0.8 ? mix(look.skinLight, '#d0604a', 0.35) : look.skinLight}" opacity="0.5" filter="url(#${id}-soft)"/>`)
    .join('');
}

function hairBehind(look: Look): string {
  if (look.hairStyle === 'long') return `<path d="M-92 -30 C-98 -130 98 -130 92 -30 C98 40 104 90 96 140 L-96 140 C-104 90 -98 40 -92 -30Z" fill="${look.hair}"/>`;
  if (look.hairStyle === 'curly') {
    const curls = Array.from({ length: 15 }, (_, index) => {
      const angle = Math.PI * (0.95 + (1.1 * index) / 14);
      return `<circle cx="${(84 * Math.cos(angle)).toFixed(1)}" cy="${(-36 + 78 * Math.sin(angle)).toFixed(1)}" r="25"/>`;
    });
    return `<g fill="${look.hair}">${curls.join('')}</g>`;
  }
  return '';
}

function hairFront(turn: Turn, look: Look, id: string): string {
  const hairline = look.hairStyle === 'cropped' ? -76 : -62;
  const thickness = look.hairStyle === 'cropped' ? 3 : 12;
  const [middle, lower] = turn.place([0, hairline, HEAD.depth * 0.9]);
  const shift = middle * 0.6;
  const line = hairline + (lower - hairline) * 0.6;
  const edge = 80 + thickness * 0.45;
  return `<path d="M${-edge} -18 C${-edge - 6} ${-96 - thickness} -44 ${-112 - thickness} 0 ${-112 - thickness}
    C44 ${-112 - thickness} ${edge + 6} ${-96 - thickness} ${edge} -18 C76 -44 ${62 + shift * 0.3} ${line + 6} ${shift + 20} ${line - 4}
    C${shift - 10} ${line - 22} ${-60 + shift * 0.3} ${line + 12} -76 -44 Z" fill="${look.hairStyle === 'curly' ? look.hair : `url(#${id}-hair)`}"/>`;
}

function beard(turn: Turn, look: Look): string {
  return `<path d="${turn.path([-70, 14], [[[-74, 60], [-50, 108], [0, 108]], [[50, 108], [74, 60], [70, 14]], [[60, 44], [46, 40], [30, 40]], [[14, 36], [-14, 36], [-30, 40]], [[-46, 40], [-60, 44], [-70, 14]]], 0, true)}"
    fill="${look.hair}" opacity="0.5"/>`;
}

function glasses(turn: Turn): string {
  const rim = (side: 1 | -1) => turn.ellipse([side * EYE.x, EYE.y + 2], 24, 19, 8);
  return `<g fill="none" stroke="#222" stroke-width="3"><path d="${rim(-1)}"/><path d="${rim(1)}"/>
    <path d="M${turn.point([-9, EYE.y], 10)} L${turn.point([9, EYE.y], 10)}"/></g>`;
}

/**
 * An SVG group of a shaded head with neck and shoulders; `id` must be unique within the picture.
 * BlazeFace detects it when `height` is at least 30 pixels and the yaw within ±40°.
 */
export function drawFace(face: DrawnFace, id: string): string {
  const look = lookOf(face.seed);
  const pose = POSES[face.expression];
  const turn = new Turn(face, look.breadth);
  const scale = face.height / (2 * HEAD.halfHeight);
  const b = look.breadth;
  const jaw = pose.mouthOpen * 0.3;
  const head = `M${-80 * b} -26 C${-80 * b} -82 -48 -108 0 -108 C48 -108 ${80 * b} -82 ${80 * b} -26
    C${80 * b} 24 ${70 * b} 62 ${40 * b} ${92 + jaw} C${26 * b} ${106 + jaw} ${-26 * b} ${106 + jaw} ${-40 * b} ${92 + jaw} C${-70 * b} 62 ${-80 * b} 24 ${-80 * b} -26 Z`;
  const lightX = 0.42 + 0.004 * (face.yawDeg ?? 0);
  const ears = ([-1, 1] as const).map((side) => ({ near: side * (face.yawDeg ?? 0) < -12, svg: turn.ear(side, look.skinShade) }));
  return `<g transform="translate(${face.x} ${face.y}) rotate(${face.rollDeg ?? 0}) scale(${scale.toFixed(4)})">
  <defs>
    <radialGradient id="${id}-skin" cx="${lightX}" cy="0.42" r="0.66"><stop offset="0" stop-color="${look.skinLight}"/>
      <stop offset="0.5" stop-color="${look.skin}"/><stop offset="1" stop-color="${look.skinShade}"/></radialGradient>
    <linearGradient id="${id}-hair" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${look.hairLight}"/><stop offset="1" stop-color="${look.hair}"/></linearGradient>
    <linearGradient id="${id}-neck" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${mix(look.skinShade, '#000000', 0.25)}"/><stop offset="1" stop-color="${look.skin}"/></linearGradient>
    <filter id="${id}-soft" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="4"/></filter>
    <clipPath id="${id}-head"><path d="${head}"/></clipPath>
  </defs>
  ${hairBehind(look)}
  <path d="M-190 3000 L-186 250 C-180 172 -110 160 -42 140 L42 140 C110 160 180 172 186 250 L190 3000 Z" fill="${look.shirt}"/>
  <path d="M-42 60 L-44 146 C-30 172 30 172 44 146 L42 60 Z" fill="url(#${id}-neck)"/>
  ${ears.filter((ear) => !ear.near).map((ear) => ear.svg).join('')}
  <path d="${head}" fill="url(#${id}-skin)"/>
  ${Math.abs(turn.yaw) > PROFILE ? noseOutline(turn, look) : ''}
  <g clip-path="url(#${id}-head)">
    ${look.beard ? beard(turn, look) : ''}
    ${lines(turn, pose, look, id)}
    ${eye(-1, turn, pose, look, id)}${eye(1, turn, pose, look, id)}
    ${brow(-1, turn, pose, look)}${brow(1, turn, pose, look)}
    ${nose(turn, look, id)}
    ${mouth(turn, pose, look, id)}
  </g>
  ${look.glasses ? glasses(turn) : ''}
  ${hairFront(turn, look, id)}
  ${ears.filter((ear) => ear.near).map((ear) => ear.svg).join('')}
</g>`;
}
