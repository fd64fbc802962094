import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ApiError } from '../../../sdk/client/index.ts';
import { useHeld } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { useWhy } from './door-parts.tsx';
import { KeyForm } from './key-form.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { useAccountTexts } from './text/index.ts';

/** Over the app when the session is over: the page below stays as it is, with everything that was typed. */
export function AgainDialog({ why: error }: { why: ApiError }) {
  const { signIn } = useAccountTexts();
  const { session, refresh, signOut } = useHeld();
  const why = useWhy(error);
  const queries = useQueryClient();
  const email = session?.account?.email;
  // the form names the page meanwhile
  const [title] = useState(() => document.title);
  useEffect(
    () => () => {
      document.title = title;
    },
    [title],
  );
  const onDone = async (): Promise<void> => {
    await refresh(session?.tenant);
    await queries.invalidateQueries();
  };
  return (
    <ModalOverlay
      isOpen
      className="fixed inset-0 z-50 flex items-start justify-center overflow-auto bg-black/40 p-4 pt-[10vh]"
    >
      <Modal className="w-full max-w-md rounded-xl border border-line bg-card shadow-over">
        <AriaDialog aria-label={signIn.again} className="flex flex-col gap-4 p-6 outline-none">
          {email === undefined ? (
            <KeyForm why={why} />
          ) : (
            <SignInForm title={signIn.again} lead={signIn.againLead} note={why} only={email} onDone={onDone} />
          )}
          <Button look="quiet" onPress={() => void signOut()}>
            {signIn.somebodyElse}
          </Button>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
