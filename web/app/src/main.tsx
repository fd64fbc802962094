import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SessionProvider } from '../../session/session.tsx';
import { LanguageProvider } from '../../text/index.tsx';
import { applyTheme } from '../../ui/theme.ts';
import '../../ui/theme.css';
import { keepFocus } from './keyboard/kept-focus.ts';
import { App } from './app.tsx';

applyTheme();
keepFocus();
const place = document.querySelector('#root');
if (!place) throw new Error('The page has no #root.');
createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <SessionProvider>
        <App />
      </SessionProvider>
    </LanguageProvider>
  </StrictMode>,
);
