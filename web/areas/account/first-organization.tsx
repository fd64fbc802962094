import { useHeld } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { DoorFrame } from './door.tsx';
import { OrganizationForm } from './organization-form.tsx';
import { leaveDoor } from './place.ts';
import { useAccountTexts } from './text/index.ts';

/** For somebody who is signed in and belongs nowhere yet. */
export function FirstOrganization() {
  const { organization } = useAccountTexts();
  const { actions } = useTexts();
  const { refresh, signOut } = useHeld();
  return (
    <DoorFrame>
      <OrganizationForm
        onMade={(id) => {
          leaveDoor();
          return refresh(id);
        }}
      />
      <p className="text-sm text-soft">{organization.or}</p>
      <Button look="quiet" onPress={() => void signOut()}>
        {actions.signOut}
      </Button>
    </DoorFrame>
  );
}
