import { startTransition, StrictMode, type ComponentType } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { languageStore, localeTag } from '../words/i18n';

/** Shows the interface in the page's root. */
export function mount(Interface: ComponentType): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  const page = createRoot(root);
  // As a transition it is rendered in short turns; else the first rendering is one long task.
  const render = () =>
    startTransition(() => {
      page.render(
        <StrictMode>
          <I18nProvider locale={localeTag()}>
            <Interface />
          </I18nProvider>
        </StrictMode>,
      );
    });
  render();
  // Everything is rendered anew, in place: what was opened stays.
  languageStore.subscribe(render);
}
