import { showLanguage } from '../app/language';
import { allowedOrigins } from './allowed-origins';
import { EmbedSession } from './embed-session';
import { HostLink } from './host-link';
import { EmbedView } from './view';
import { t } from '../words/i18n';
import '../theme.css';
import './embed.css';

/** Applies `?theme=light` or `?theme=dark`, else follows the system's setting. */
function applyTheme(): void {
  const wanted = new URLSearchParams(location.search).get('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const theme = wanted === 'light' || wanted === 'dark' ? wanted : dark.matches ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = theme;
  };
  apply();
  dark.addEventListener('change', apply);
}

function start(): void {
  const view = new EmbedView();
  const origins = allowedOrigins(location.search);
  if (window.parent === window) {
    view.showPurpose(() => ({ title: t('This page belongs in other pages'), advice: t('A site that uses Mien shows it in a frame. To read your own pictures, open the app.') }));
    return;
  }
  if (origins.length === 0) {
    view.showRefusal(() => ({ title: t('This frame answers nobody'), advice: t('Its address must name the site that uses it, for example embed.html?origin=https://example.com') }));
    return;
  }
  const refusal = new AbortController();
  let session: EmbedSession | null = null;
  const link = new HostLink({
    origins,
    onRequest: (request) => session?.handle(request),
    onStranger: (origin) => {
      refusal.abort();
      session = null;
      view.showRefusal(() => ({ title: t('This site may not use this frame'), advice: t('{origin} is not the origin that the frame’s address allows.', { origin }) }));
    },
  });
  if (!refusal.signal.aborted) session = new EmbedSession(link, view, refusal.signal);
}

applyTheme();
start();
void showLanguage(new URLSearchParams(location.search).get('lang'));
