import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { ApiError } from '../../../sdk/client/index.ts';
import { invitation } from '../../session/address.ts';
import { useHeld, useSession } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import { Loading } from '../../ui/surface.tsx';
import { makeRouter } from './router.tsx';

// whoever is in does without what lets people in
const Door = lazy(() => import('../../areas/account/door.tsx').then(({ Door: page }) => ({ default: page })));
const FirstOrganization = lazy(() =>
  import('../../areas/account/first-organization.tsx').then(({ FirstOrganization: page }) => ({ default: page })),
);
const InvitationForm = lazy(() =>
  import('../../areas/account/invitation-form.tsx').then(({ InvitationForm: page }) => ({ default: page })),
);
const AgainDialog = lazy(() =>
  import('../../areas/account/again-dialog.tsx').then(({ AgainDialog: page }) => ({ default: page })),
);

/** What the server refuses for good is not asked for again. */
const mayRetry = (count: number, error: unknown): boolean =>
  count < 3 && !(error instanceof ApiError && error.status < 500 && error.status !== 429);

export function App() {
  const texts = useTexts();
  return <Suspense fallback={<Loading label={texts.loading} />}>{usePage()}</Suspense>;
}

function usePage(): ReactNode {
  const texts = useTexts();
  const { who, session } = useHeld();
  const [invited, setInvited] = useState(invitation);
  if (who.kind === 'starting') return <Loading label={texts.loading} />;
  // the link of a reset is about whose mail it is, whoever is signed in here
  if (who.kind === 'nobody' || location.pathname === '/reset') {
    return <Door why={who.kind === 'nobody' ? who.why : undefined} />;
  }
  if (who.kind === 'person' && invited !== null) {
    return <InvitationForm token={invited} email={who.account.email} onDecided={() => setInvited(null)} />;
  }
  // everything that was read belongs to one organisation
  return session ? <Inside key={session.tenant} /> : <FirstOrganization />;
}

function Inside() {
  const { refused, client, tenant } = useSession();
  const [{ queries, router }] = useState(() => {
    const held = new QueryClient({ defaultOptions: { queries: { retry: mayRetry, staleTime: 2_000 } } });
    return { queries: held, router: makeRouter({ queries: held, client, tenant }) };
  });
  const context = useMemo(() => ({ queries, client, tenant }), [queries, client, tenant]);
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} context={context} />
      {refused ? (
        <Suspense>
          <AgainDialog why={refused.error} />
        </Suspense>
      ) : null}
    </QueryClientProvider>
  );
}
