import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../session/auth.ts';
import { TextField } from '../../ui/field.tsx';
import { useFaultsOf } from '../../ui/use-faults-of.ts';
import { DoorForm, DoorLinks } from './door-parts.tsx';
import { MailSent } from './mail-sent.tsx';
import { wantedPath } from './place.ts';
import { useAccountTexts } from './text/index.ts';

const ADDRESSES = {
  link: ['/auth/sign-in/magic-link', () => ({ callbackURL: wantedPath() })],
  forgot: ['/auth/request-password-reset', () => ({ redirectTo: '/reset' })],
} as const;

/** Asks for a link by mail: one that signs in, or one to choose a new password. */
export function AskForMail({ kind }: { kind: 'link' | 'forgot' }) {
  const texts = useAccountTexts();
  const [email, setEmail] = useState('');
  const [address, more] = ADDRESSES[kind];
  const send = async (): Promise<void> => {
    await post(address, { email, ...more() });
  };
  const ask = useMutation({ mutationFn: send });
  const faultAt = useFaultsOf(ask.error);
  const sent = { link: texts.mail.link, forgot: texts.mail.reset }[kind];
  if (ask.isSuccess) return <MailSent text={sent(email)} onAgain={send} />;
  const { title, lead, submit } = texts[kind];
  return (
    <>
      <DoorForm
        title={title}
        lead={lead}
        error={ask.error}
        submit={submit}
        isBusy={ask.isPending}
        onSubmit={() => ask.mutate()}
      >
        <TextField
          label={texts.signIn.email}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          error={faultAt('/email')}
          autoFocus
        />
      </DoorForm>
      <DoorLinks links={[['/sign-in', texts.mail.back]]} />
    </>
  );
}
