import { lazyComponent } from '../../shell/lazy-component';

/** "Why?" of a face; nothing of it is fetched before it is shown. */
export const WhyDialog = lazyComponent(() => import('./WhyDialog'));
