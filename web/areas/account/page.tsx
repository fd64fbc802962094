import type { ReactNode } from 'react';
import type { Account } from '../../session/organization.ts';
import { useHeld, useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, Page } from '../../ui/surface.tsx';
import { FactorCard } from './settings/factor-card.tsx';
import { OrganizationsCard } from './settings/organizations-card.tsx';
import { PasskeysCard } from './settings/passkeys-card.tsx';
import { PasswordCard } from './settings/password-card.tsx';
import { ProfileCard } from './settings/profile-card.tsx';
import { RemovalCard } from './settings/removal-card.tsx';
import { SessionsCard } from './settings/sessions-card.tsx';
import { SsoCard } from './settings/sso-card.tsx';
import { ZoneCard } from './settings/zone-card.tsx';
import { useAccountTexts } from './text/index.ts';

export function AccountPage() {
  const { account: texts } = useAccountTexts();
  const { account } = useSession();
  if (account) return <Cards account={account} />;
  return (
    <ByKey title={texts.title}>
      <ZoneCard />
    </ByKey>
  );
}

/** What somebody can change of their account, wherever they belong: also nowhere. */
export function Cards({ account }: { account: Account }) {
  const { account: texts } = useAccountTexts();
  return (
    <Page title={texts.title}>
      {account.sso ? (
        <>
          <SsoCard account={account} sso={account.sso} />
          <ZoneCard />
        </>
      ) : (
        <>
          <ProfileCard account={account} />
          <ZoneCard />
          <PasswordCard />
          <FactorCard isOn={account.twoFactor} />
          <PasskeysCard />
          <SessionsCard />
          {account.organizations.length > 0 ? <OrganizationsCard account={account} /> : null}
          <RemovalCard email={account.email} />
        </>
      )}
    </Page>
  );
}

/** What stands where a page needs a person and an API key opened the app. */
export function ByKey({ title, children }: { title: string; children?: ReactNode }) {
  const { account: texts, signIn } = useAccountTexts();
  const { signOut } = useHeld();
  return (
    <Page title={title}>
      <Empty
        title={texts.byKey}
        actions={
          <Button look="main" onPress={() => void signOut()}>
            {signIn.usePassword}
          </Button>
        }
      >
        {texts.byKeyLead}
      </Empty>
      {children}
    </Page>
  );
}
