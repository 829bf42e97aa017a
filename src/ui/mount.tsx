import { startTransition, StrictMode, useEffect, type ComponentType } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { languageStore, localeTag } from '../words/i18n';

/** Shows the interface in the page's root. Resolves when it is there. */
export function mount(Interface: ComponentType): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  const page = createRoot(root);
  return new Promise((resolve) => {
    // As a transition it is rendered in short turns; else the first rendering is one long task.
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
    // Everything is rendered anew, in place: what was opened stays.
    languageStore.subscribe(render);
  });
}

function OnceShown({ onShown }: { readonly onShown: () => void }) {
  useEffect(onShown, [onShown]);
  return null;
}
