import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { invitation } from '../../session/address.ts';
import { post } from '../../session/auth.ts';
import { TextField } from '../../ui/field.tsx';
import { useFaultsOf } from '../../ui/use-faults-of.ts';
import { DoorForm, DoorLinks } from './door-parts.tsx';
import { MailSent } from './mail-sent.tsx';
import { OtherWays } from './other-ways.tsx';
import { confirmedPath } from './place.ts';
import { rememberSignUp } from './signed-up.ts';
import { useAccountTexts } from './text/index.ts';

export function SignUpForm() {
  const { signIn, signUp, mail } = useAccountTexts();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const create = useMutation({
    mutationFn: () => post('/auth/sign-up/email', { name, email, password, callbackURL: confirmedPath(invitation()) }),
    onSuccess: () => rememberSignUp(email),
  });
  const faultAt = useFaultsOf(create.error);
  const again = async (): Promise<void> => {
    await post('/auth/send-verification-email', { email, callbackURL: confirmedPath(invitation()) });
  };
  if (create.isSuccess) return <MailSent text={mail.confirm(email)} onAgain={again} />;
  return (
    <>
      <DoorForm
        title={signUp.title}
        lead={signUp.lead}
        note={invitation() === null ? undefined : signIn.invited}
        error={create.error}
        submit={signUp.submit}
        isBusy={create.isPending}
        onSubmit={() => create.mutate()}
      >
        <TextField
          label={signUp.name}
          name="name"
          autoComplete="name"
          value={name}
          onChange={setName}
          error={faultAt('/name')}
          autoFocus
        />
        <TextField
          label={signIn.email}
          type="email"
          name="email"
          autoComplete="email"
          value={email}
          onChange={setEmail}
          error={faultAt('/email')}
        />
        <TextField
          label={signIn.password}
          type="password"
          name="password"
          autoComplete="new-password"
          help={signUp.passwordHelp}
          value={password}
          onChange={setPassword}
          error={faultAt('/password')}
        />
      </DoorForm>
      <div className="flex flex-col gap-2">
        <OtherWays />
      </div>
      <DoorLinks links={[['/sign-in', signUp.have]]} />
    </>
  );
}
