import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import type { Credential } from './queries.ts';

const LOOK_MS = 1_000;

interface Begun {
  popup: Window;
  /** It has tokens already: that it is ready does not say that somebody signed in again. */
  wasReady: boolean;
}

/** Signing in to a service in a window of its own; `onEnd` once the credential has its tokens, or the window is closed. */
export function useSignIn(held: Credential | undefined, onEnd: (credential: Credential) => void) {
  const client = useClient();
  const { panel } = useTexts();
  const id = held?.id;
  const [begun, setBegun] = useState<Begun>();
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
    if (!begun || id === undefined) return;
    const { popup, wasReady } = begun;
    let isCurrent = true;
    const timer = setInterval(() => {
      void client.call('GET /v1/credentials/{id}', { params: { id } }).then(
        (credential) => {
          if (!isCurrent || (!popup.closed && (wasReady || credential.state !== 'ready'))) return;
          setBegun(undefined);
          popup.close();
          onEnd(credential);
        },
        () => undefined,
      );
    }, LOOK_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [begun, id, client, onEnd]);
  return {
    error: isBlocked ? new Error(panel.windowBlocked) : connect.error,
    isWaiting: begun !== undefined && connect.error === null,
    /** Opened within the press itself: later, browsers take it for an advertisement. */
    begin: () => {
      const opened = open('', 'millrace-sign-in', 'popup,width=560,height=720');
      setBlocked(!opened);
      if (!opened) return;
      setBegun({ popup: opened, wasReady: held?.state === 'ready' });
      connect.mutate(opened);
    },
  };
}
