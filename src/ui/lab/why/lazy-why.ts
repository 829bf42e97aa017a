import { lazyComponent } from '../../shell/lazy-component';

/** The "Why?" dialog of a face; its code is loaded on first use. */
export const WhyDialog = lazyComponent(() => import('./WhyDialog'));
