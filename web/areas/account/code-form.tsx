import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../session/auth.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFaultsOf } from '../../ui/use-faults-of.ts';
import { DoorForm } from './door-parts.tsx';
import { useAccountTexts } from './text/index.ts';

/** The second step of signing in: a code of the app, or one kept for when the app is lost. */
export function CodeForm({ onDone }: { onDone: () => Promise<void> }) {
  const { code: texts } = useAccountTexts();
  const [isRecovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const verify = useMutation({
    mutationFn: async () => {
      await post(isRecovery ? '/auth/two-factor/verify-backup-code' : '/auth/two-factor/verify-totp', { code });
      await onDone();
    },
  });
  const faultAt = useFaultsOf(verify.error);
  return (
    <>
      <DoorForm
        title={texts.title}
        lead={isRecovery ? texts.recoveryLead : texts.lead}
        error={verify.error}
        submit={texts.submit}
        isBusy={verify.isPending}
        onSubmit={() => verify.mutate()}
      >
        <TextField
          key={String(isRecovery)}
          label={isRecovery ? texts.recoveryLabel : texts.label}
          value={code}
          onChange={setCode}
          error={faultAt('/code')}
          name="code"
          autoComplete="one-time-code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          isMono
          autoFocus
        />
      </DoorForm>
      <Button
        look="quiet"
        onPress={() => {
          setCode('');
          setRecovery(!isRecovery);
        }}
      >
        {isRecovery ? texts.useApp : texts.useRecovery}
      </Button>
    </>
  );
}
