import { startTransition, StrictMode, useEffect, type ComponentType } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { languageStore, localeTag } from '../words/i18n';

/** Renders the interface into the page's root element. Resolves once it is rendered. */
export function mount(Interface: ComponentType): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  const page = createRoot(root);
  return new Promise((resolve) => {
    // As a transition, React renders in short tasks; otherwise the first rendering is one long task.
    const render = () =>
      startTransition(() => {
        page.render(
          <StrictMode>
            <I18nProvider locale={localeTag()}>
              <Interface />
              <OnceShown onShown={resolve} />
            </I18nProvider>
          </StrictMode>,
        );
      });
    render();
    // Re-renders everything in place, so that component state is kept.
    languageStore.subscribe(render);
  });
}

function OnceShown({ onShown }: { readonly onShown: () => void }) {
  useEffect(onShown, [onShown]);
  return null;
}
