import { startTransition, StrictMode, type ComponentType } from 'react';
import { createRoot } from 'react-dom/client';

/** Shows the interface in the page's root. */
export function mount(Interface: ComponentType): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  // As a transition it is rendered in short turns; else the first rendering is one long task.
  startTransition(() => {
    createRoot(root).render(
      <StrictMode>
        <Interface />
      </StrictMode>,
    );
  });
}
