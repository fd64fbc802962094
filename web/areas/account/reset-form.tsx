import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { resetToken } from '../../session/address.ts';
import { post } from '../../session/auth.ts';
import { TextField } from '../../ui/field.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { useFaultsOf } from '../../ui/use-faults-of.ts';
import { DoorForm, DoorLinks } from './door-parts.tsx';
import { useAccountTexts } from './text/index.ts';

/** Where the link of a reset leads: `/reset?token=…`, or `?error=…` when it is no good. */
export function ResetForm() {
  const { reset: texts, signIn, forgot, signUp } = useAccountTexts();
  usePageTitle(texts.title);
  const [newPassword, setNewPassword] = useState('');
  const save = useMutation({ mutationFn: () => post('/auth/reset-password', { token: resetToken, newPassword }) });
  const faultAt = useFaultsOf(save.error);
  if (resetToken === null) {
    return (
      <>
        <h1 className="text-xl font-semibold">{texts.title}</h1>
        <p className="text-sm">{texts.noToken}</p>
        <DoorLinks links={[['/forgot', forgot.title]]} />
      </>
    );
  }
  if (save.isSuccess) {
    return (
      <>
        <h1 className="text-xl font-semibold">{texts.title}</h1>
        <p role="status" className="text-sm">
          {texts.done}
        </p>
        <DoorLinks links={[['/sign-in', signIn.title]]} />
      </>
    );
  }
  return (
    <>
      <DoorForm
        title={texts.title}
        lead={texts.lead}
        error={save.error}
        submit={texts.submit}
        isBusy={save.isPending}
        onSubmit={() => save.mutate()}
      >
        <TextField
          label={texts.label}
          type="password"
          name="password"
          autoComplete="new-password"
          help={signUp.passwordHelp}
          value={newPassword}
          onChange={setNewPassword}
          error={faultAt('/newPassword')}
          autoFocus
        />
      </DoorForm>
      <DoorLinks links={[['/sign-in', signIn.title]]} />
    </>
  );
}
