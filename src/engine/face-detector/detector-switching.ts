/** Which BlazeFace network: near faces (128 px input), or small and far ones (192 px input). */
export type Range = 'short' | 'full';

export interface Plan {
  /** The network whose answer counts. */
  readonly serve: Range;
  /** Also run the other one on this frame, to see whether it finds more. */
  readonly probe: boolean;
}

/** Frames with fewer faces than before until they count as missed: a blink of the detector is none. */
const MISSING_FRAMES = 4;
/** How long a face that was there is looked for. */
const MEMORY_MS = 3000;
/** Between looks with the other network: while faces are being missed, and as a matter of routine. */
const URGENT_PROBE_MS = 400;
const ROUTINE_PROBE_MS = 2000;
/** Looks in a row at which the short range sees as much before it, the faster one, serves again. */
const RETURN_AFTER = 3;

/**
 * Decides for each live frame which network to run. The short range serves until the full range is
 * seen to find more; then that one serves, until it is the other way round, or a tie for a while.
 */
export class DetectorSwitching {
  private serving: Range = 'short';
  private missingFrames = 0;
  private ties = 0;
  private lastProbeMs: number | null = null;
  /** The most faces seen lately, and when. */
  private peak = { count: 0, atMs: 0 };

  /** @param timestampMs The caller's clock; one that jumps back only delays the next look. */
  plan(timestampMs: number): Plan {
    if (this.lastProbeMs === null || timestampMs < this.lastProbeMs) this.lastProbeMs = timestampMs;
    const interval = this.missingFrames >= MISSING_FRAMES ? URGENT_PROBE_MS : ROUTINE_PROBE_MS;
    return { serve: this.serving, probe: timestampMs - this.lastProbeMs >= interval };
  }

  /**
   * What became of the frame: the number of faces the serving network found, and the number the
   * other one found, or null where it was not run (not planned, or not loaded yet).
   */
  report(timestampMs: number, served: number, probed: number | null): void {
    if (probed !== null) {
      this.lastProbeMs = timestampMs;
      this.compare(served, probed);
    }
    const count = Math.max(served, probed ?? 0);
    const age = timestampMs - this.peak.atMs;
    if (count >= this.peak.count || age > MEMORY_MS || age < 0) this.peak = { count, atMs: timestampMs };
    this.missingFrames = served === 0 || served < this.peak.count ? this.missingFrames + 1 : 0;
  }

  private compare(served: number, probed: number): void {
    if (probed > served) {
      this.serving = this.serving === 'short' ? 'full' : 'short';
      this.ties = 0;
      this.missingFrames = 0;
    } else if (this.serving === 'full' && probed === served) {
      this.ties += 1;
      if (this.ties < RETURN_AFTER) return;
      this.serving = 'short';
      this.ties = 0;
    } else {
      this.ties = 0;
    }
  }
}
