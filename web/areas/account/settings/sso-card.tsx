import type { Account } from '../../../session/organization.ts';
import { useHeld } from '../../../session/session.tsx';
import { useLanguage } from '../../../text/index.tsx';
import { useRoleName } from '../../../text/roles.ts';
import { Button } from '../../../ui/button.tsx';
import { momentText } from '../../../ui/moment.ts';
import { useAccountTexts } from '../text/index.ts';
import { AccountCard } from './card.tsx';

interface SsoCardProps {
  account: Account;
  sso: NonNullable<Account['sso']>;
}

/** Who came through an identity provider has password, second factor and passkeys there: nothing of it can be changed here. */
export function SsoCard({ account, sso }: SsoCardProps) {
  const { account: texts, signIn } = useAccountTexts();
  const { locale, zone } = useLanguage();
  const { signOut } = useHeld();
  const roleName = useRoleName();
  const here = account.organizations.find(({ id }) => id === sso.organization);
  const facts = [
    [texts.name, account.name],
    [signIn.email, account.email],
    [texts.sso.organization, here?.name ?? sso.organization],
    [texts.role, here ? roleName(here.role) : '–'],
    [texts.sso.provider, sso.provider],
    [texts.sso.until, momentText(sso.expiresAt, { locale, zone })],
  ] as const;
  return (
    <AccountCard title={texts.sso.title} lead={texts.sso.lead(sso.provider)}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-soft">{texts.sso.otherwise}</p>
      <div>
        <Button onPress={() => void signOut()}>{texts.end}</Button>
      </div>
    </AccountCard>
  );
}
