import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { hasPasskeys, post, type SignInAnswer, signInByPasskey } from '../../session/auth.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { CodeForm } from './code-form.tsx';
import { useFaultsOf } from '../../ui/use-faults-of.ts';
import { DoorForm } from './door-parts.tsx';
import { OtherWays } from './other-ways.tsx';
import { confirmedEmail, forgetSignUp } from './signed-up.ts';
import { useSsoOf } from './sso.ts';
import { SsoChoice } from './sso-choice.tsx';
import { useAccountTexts } from './text/index.ts';

interface SignInFormProps {
  title: string;
  lead: string;
  note?: string | undefined;
  /** Only this person: who signs in again in place. */
  only?: string;
  onDone: () => Promise<void>;
}

/** Signs somebody in by password and code, by passkey, by another provider or by their organisation's own. */
export function SignInForm({ title, lead, note, only, onDone }: SignInFormProps) {
  const { signIn } = useAccountTexts();
  const [email, setEmail] = useState(only ?? confirmedEmail());
  const [password, setPassword] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const sso = useSsoOf(email);
  const entered = async (answer: SignInAnswer | undefined): Promise<void> => {
    if (answer?.twoFactorRedirect) setAsksCode(true);
    else {
      forgetSignUp();
      await onDone();
    }
  };
  const byPassword = useMutation({
    mutationFn: async () => entered(await post<SignInAnswer>('/auth/sign-in/email', { email, password })),
  });
  const faultAt = useFaultsOf(byPassword.error);
  const byPasskey = useMutation({ mutationFn: async () => entered(await signInByPasskey()) });
  if (asksCode) return <CodeForm onDone={onDone} />;
  const isEnforced = sso?.enforced === true;
  const turnedDown = byPasskey.error instanceof DOMException && byPasskey.error.name === 'NotAllowedError';
  return (
    <>
      <DoorForm
        title={title}
        lead={lead}
        note={isEnforced ? signIn.enforced : note}
        error={byPassword.error ?? (turnedDown ? undefined : byPasskey.error)}
        submit={signIn.submit}
        isBusy={byPassword.isPending}
        onSubmit={() => byPassword.mutate()}
      >
        <TextField
          label={signIn.email}
          type="email"
          name="email"
          autoComplete="username webauthn"
          value={email}
          onChange={setEmail}
          error={faultAt('/email')}
          autoFocus={email === '' && only === undefined}
          isReadOnly={only !== undefined}
        />
        <TextField
          label={signIn.password}
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={faultAt('/password')}
          autoFocus={email !== '' || only !== undefined}
        />
      </DoorForm>
      <div className="flex flex-col gap-2">
        <p className="text-center text-xs text-soft">{signIn.or}</p>
        {sso ? <SsoChoice found={sso} onDone={onDone} /> : null}
        {hasPasskeys() ? (
          <Button onPress={() => byPasskey.mutate()} isPending={byPasskey.isPending} className="justify-center">
            <Icon name="key" />
            {signIn.passkey}
          </Button>
        ) : null}
        <OtherWays />
      </div>
    </>
  );
}
