import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from '../../../sdk/client/index.ts';
import { LanguageProvider } from '../../text/index.tsx';
import '../../ui/theme.css';
import { makeRouter } from './router.tsx';
import { SessionProvider, useHeld } from '../../session/session.tsx';
import { SignIn } from './shell/sign-in.tsx';
import { applyTheme } from '../../ui/theme.ts';

const isRefusal = (error: unknown): error is ApiError => error instanceof ApiError && error.status === 401;
/** What the server refuses for good is not asked for again. */
const mayRetry = (count: number, error: unknown): boolean =>
  count < 3 && !(error instanceof ApiError && error.status < 500 && error.status !== 429);

function App() {
  const { session } = useHeld();
  const [why, setWhy] = useState<string>();
  const [{ queries, router }] = useState(() => {
    const client = new QueryClient({ defaultOptions: { queries: { retry: mayRetry, staleTime: 2_000 } } });
    return { queries: client, router: makeRouter(client) };
  });
  useEffect(() => {
    if (!session) return;
    return queries.getQueryCache().subscribe(({ query }) => {
      const { error } = query.state;
      if (!isRefusal(error)) return;
      setWhy([error.message, error.hint].filter(Boolean).join(' '));
      queries.clear();
      session.signOut();
    });
  }, [queries, session]);
  if (!session) return <SignIn why={why} />;
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}

applyTheme();
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
