import { usePageTitle } from '../use-page-title';

/** Data sets, evaluation and training in the tab. */
export default function LabPlace() {
  usePageTitle(['Lab']);
  return <h2>Lab</h2>;
}
