import { useState } from 'react';
import { tenantOf, useHeld } from '../../session/session.tsx';
import { TextField } from '../../ui/field.tsx';
import { DoorForm, DoorLinks } from './door-parts.tsx';
import { leaveDoor } from './place.ts';
import { useAccountTexts } from './text/index.ts';

export function KeyForm({ why }: { why?: string | undefined }) {
  const { signIn, key: texts } = useAccountTexts();
  const { enterWithKey } = useHeld();
  const [key, setKey] = useState('');
  const [error, setError] = useState<string>();
  const enter = (): void => {
    if (tenantOf(key.trim()) === undefined) {
      setError(texts.notAKey);
      return;
    }
    leaveDoor();
    enterWithKey(key.trim());
  };
  return (
    <>
      <DoorForm title={texts.title} lead={texts.lead} note={why} submit={signIn.submit} isBusy={false} onSubmit={enter}>
        <TextField
          label={texts.label}
          value={key}
          onChange={setKey}
          type="password"
          help={texts.help}
          error={error}
          autoFocus
          autoComplete="off"
          isMono
        />
      </DoorForm>
      <DoorLinks links={[['/sign-in', signIn.usePassword]]} />
    </>
  );
}
