import { invitation } from '../../session/address.ts';
import { useHeld } from '../../session/session.tsx';
import { DoorLinks } from './door-parts.tsx';
import { leaveDoor } from './place.ts';
import { SignInForm } from './sign-in-form.tsx';
import { useAccountTexts } from './text/index.ts';

export function SignInPage({ why }: { why?: string | undefined }) {
  const { signIn } = useAccountTexts();
  const { refresh } = useHeld();
  const search = new URLSearchParams(location.search);
  const note = search.has('error')
    ? signIn.failed
    : search.has('verified')
      ? signIn.verified
      : invitation() === null
        ? why
        : signIn.invited;
  return (
    <>
      <SignInForm
        title={signIn.title}
        lead={signIn.lead}
        note={note}
        onDone={() => {
          leaveDoor();
          return refresh();
        }}
      />
      <DoorLinks
        links={[
          ['/sign-up', signIn.create],
          ['/forgot', signIn.forgot],
          ['/sign-in/link', signIn.link],
          ['/sign-in/key', signIn.useKey],
        ]}
      />
    </>
  );
}
