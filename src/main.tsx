import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepOfflineCopy } from './offline/register';
import { App } from './ui/App';
import './ui/theme.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
keepOfflineCopy();
