import { useRouter } from '@tanstack/react-router';
import { useChooseLanguage } from '../../../session/language.ts';
import { useHeld, useSession } from '../../../session/session.tsx';
import { LANGUAGE_NAMES, useLanguage, useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { chooseTheme } from '../../../ui/theme.ts';
import { Mark } from './organization-menu.tsx';

export function AccountMenu() {
  const texts = useTexts();
  const { language } = useLanguage();
  const choose = useChooseLanguage();
  const { tenant, account } = useSession();
  const { signOut } = useHeld();
  const router = useRouter();
  const name = account?.name ?? tenant;
  const others = Object.entries(LANGUAGE_NAMES).filter(([id]) => id !== language);
  return (
    <Menu
      label={name}
      entries={[
        { id: 'account', text: texts.nav.account, onAction: () => router.history.push('/account') },
        { id: 'light', text: texts.theme.light, onAction: () => chooseTheme('light') },
        { id: 'dark', text: texts.theme.dark, onAction: () => chooseTheme('dark') },
        { id: 'system', text: texts.theme.system, onAction: () => chooseTheme('system') },
        ...others.map(([id, text]) => ({ id: `language-${id}`, text, onAction: () => choose(id) })),
        { id: 'design', text: texts.nav.design, onAction: () => router.history.push('/design') },
        {
          id: 'out',
          text: texts.actions.signOut,
          onAction: () => {
            router.history.replace('/');
            void signOut();
          },
        },
      ]}
      trigger={
        <Button look="quiet" className="w-full max-md:justify-center max-md:px-0">
          <Mark name={name} />
          <span className="truncate max-md:sr-only">{name}</span>
        </Button>
      }
    />
  );
}
