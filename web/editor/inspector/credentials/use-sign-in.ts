import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import type { Credential } from './queries.ts';

const LOOK_MS = 1_000;

/** Signing in to a service in a window of its own; `onReady` once the credential has its tokens. */
export function useSignIn(id: string | undefined, onReady: (credential: Credential) => void) {
  const client = useClient();
  const { panel } = useTexts();
  const [popup, setPopup] = useState<Window>();
  const [isBlocked, setBlocked] = useState(false);
  const connect = useMutation({
    mutationFn: async (opened: Window) => {
      const { url } = await client.call('POST /v1/credentials/{id}/connect', { params: { id: id ?? '' }, body: {} });
      // only what a browser fetches: the address comes from the type of the credential
      if (!/^https?:/.test(url)) throw new Error(url);
      opened.location.href = url;
    },
    onError: (_error, opened) => opened.close(),
  });
  useEffect(() => {
    if (!popup || id === undefined) return;
    let isCurrent = true;
    const timer = setInterval(() => {
      void client.call('GET /v1/credentials/{id}', { params: { id } }).then(
        (credential) => {
          if (!isCurrent || (credential.state !== 'ready' && !popup.closed)) return;
          setPopup(undefined);
          popup.close();
          onReady(credential);
        },
        () => undefined,
      );
    }, LOOK_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [popup, id, client, onReady]);
  return {
    error: isBlocked ? new Error(panel.windowBlocked) : connect.error,
    isWaiting: popup !== undefined && connect.error === null,
    /** Opened within the press itself: later, browsers take it for an advertisement. */
    begin: () => {
      const opened = open('', 'millrace-sign-in', 'popup,width=560,height=720');
      setBlocked(!opened);
      if (!opened) return;
      setPopup(opened);
      connect.mutate(opened);
    },
  };
}
