import { useState } from 'react';
import { useHeld } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { DoorFrame, WideFrame } from './door.tsx';
import { OrganizationForm } from './organization-form.tsx';
import { Cards } from './page.tsx';
import { leaveDoor } from './place.ts';
import { useAccountTexts } from './text/index.ts';

/** For somebody who is signed in and belongs nowhere: yet, or any more. */
export function FirstOrganization() {
  const { organization } = useAccountTexts();
  const { actions, nav } = useTexts();
  const { who, refresh, signOut } = useHeld();
  const [seesAccount, setSeesAccount] = useState(location.pathname === '/account');
  if (seesAccount && who.kind === 'person') {
    return (
      <WideFrame>
        <div className="mx-auto w-full max-w-6xl px-6 pt-6">
          <Button onPress={() => setSeesAccount(false)}>{organization.title}</Button>
        </div>
        <Cards account={who.account} />
      </WideFrame>
    );
  }
  return (
    <DoorFrame>
      <OrganizationForm
        // who came by a link has no name yet
        suggested={who.kind === 'person' && who.account.name ? organization.suggested(who.account.name) : ''}
        onMade={(id) => {
          leaveDoor();
          return refresh(id);
        }}
      />
      <p className="text-sm text-soft">{organization.or}</p>
      <Button look="quiet" onPress={() => setSeesAccount(true)}>
        {nav.account}
      </Button>
      <Button look="quiet" onPress={() => void signOut()}>
        {actions.signOut}
      </Button>
    </DoorFrame>
  );
}
