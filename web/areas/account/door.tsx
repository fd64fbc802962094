import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ApiError } from '../../../sdk/client/index.ts';
import type { DoorPath } from '../../session/door-paths.ts';
import { LANGUAGE_NAMES, useLanguage } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { useSaidTitle } from '../../ui/page-title.ts';
import { Card } from '../../ui/surface.tsx';
import { AskForMail } from './ask-for-mail.tsx';
import { useWhy } from './door-parts.tsx';
import { KeyForm } from './key-form.tsx';
import { useDoorPath } from './place.ts';
import { ResetForm } from './reset-form.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { SignUpForm } from './sign-up-form.tsx';

/** Everything before the app: signing in and up, by every way there is. `why`: what became of a session before. */
export function Door({ why: error }: { why?: ApiError | undefined }) {
  const why = useWhy(error);
  const path = useDoorPath();
  useSaidTitle(path);
  const pages: Readonly<Record<DoorPath, ReactNode>> = {
    '/sign-in': <SignInPage why={why} />,
    '/sign-in/key': <KeyForm why={why} />,
    '/sign-in/link': <AskForMail kind="link" />,
    '/sign-up': <SignUpForm />,
    '/forgot': <AskForMail kind="forgot" />,
    '/reset': <ResetForm />,
  };
  return <DoorFrame>{pages[path]}</DoorFrame>;
}

/** The frame of these pages: one card in the middle, and the language below. */
export function DoorFrame({ children }: { children: ReactNode }) {
  const [queries] = useState(() => new QueryClient());
  const { language, choose } = useLanguage();
  return (
    <QueryClientProvider client={queries}>
      <div className="flex min-h-full flex-col items-center justify-center gap-4 p-6">
        <main id="main" tabIndex={-1} className="w-full max-w-md outline-none">
          <Card className="flex flex-col gap-5 p-6">
            <img src="/mark.svg" alt="" width={36} height={36} />
            {children}
          </Card>
        </main>
        <footer className="flex gap-1">
          {Object.entries(LANGUAGE_NAMES).map(([id, name]) => (
            <Button key={id} look="quiet" onPress={() => choose(id)} aria-pressed={id === language}>
              <span lang={id}>{name}</span>
            </Button>
          ))}
        </footer>
      </div>
    </QueryClientProvider>
  );
}

/** A whole page outside of the app's shell. */
export function WideFrame({ children }: { children: ReactNode }) {
  const [queries] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={queries}>
      <main id="main" tabIndex={-1} className="h-full overflow-auto outline-none">
        {children}
      </main>
    </QueryClientProvider>
  );
}
