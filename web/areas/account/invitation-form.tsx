import { useMutation } from '@tanstack/react-query';
import { forgetInvitation } from '../../session/address.ts';
import { personalClient, useHeld } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { DoorFrame } from './door.tsx';
import { DoorForm } from './door-parts.tsx';
import { leaveDoor } from './place.ts';
import { useAccountTexts } from './text/index.ts';

/** For somebody who is signed in and followed an invitation: they decide, knowing as whom they join. */
export function InvitationForm(props: { token: string; email: string; onDecided: () => void }) {
  return (
    <DoorFrame>
      <Decision {...props} />
    </DoorFrame>
  );
}

function Decision({ token, email, onDecided }: { token: string; email: string; onDecided: () => void }) {
  const { invitation: texts } = useAccountTexts();
  const { refresh } = useHeld();
  const done = (): void => {
    forgetInvitation();
    leaveDoor();
    onDecided();
  };
  const accept = useMutation({
    mutationFn: async () => {
      const { organization } = await personalClient.call('POST /v1/account/invitations', { body: { token } });
      await refresh(organization);
      done();
    },
  });
  return (
    <>
      <DoorForm
        title={texts.title}
        lead={texts.lead(email)}
        error={accept.error}
        submit={texts.accept}
        isBusy={accept.isPending}
        onSubmit={() => accept.mutate()}
      >
        {null}
      </DoorForm>
      <Button look="quiet" onPress={done}>
        {texts.decline}
      </Button>
    </>
  );
}
