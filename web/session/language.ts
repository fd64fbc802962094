import { useLanguage } from '../text/index.tsx';
import { personalClient, useSession } from './session.tsx';

/** Changes the language of the app, and of the mails to who is signed in. */
export function useChooseLanguage(): (language: string) => void {
  const { choose } = useLanguage();
  const { account } = useSession();
  return (language) => {
    choose(language);
    if (language !== 'en' && language !== 'de') return;
    // the page is in it already; mails follow with the next change
    if (account) void personalClient.call('PATCH /v1/account', { body: { language } }).catch(() => undefined);
  };
}
