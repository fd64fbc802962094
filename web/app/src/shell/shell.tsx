import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useCreateWorkflow } from '../../../areas/workflows/use-create.ts';
import { LANGUAGE_NAMES, useLanguage, useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Kbd } from '../../../ui/surface.tsx';
import { useSession } from '../../../session/session.tsx';
import { chooseTheme } from '../../../ui/theme.ts';
import { OfflineNotice } from './offline-notice.tsx';

// its list and search are a fifth of the page's code, and most visits do without
const CommandPalette = lazy(() =>
  import('./command-palette.tsx').then(({ CommandPalette: component }) => ({ default: component })),
);

const LINK =
  'flex items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm font-medium text-soft hover:bg-well hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:text-accent';

export function Shell() {
  const texts = useTexts();
  const { tenant } = useSession();
  const router = useRouter();
  const create = useCreateWorkflow();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setPaletteOpen(true);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const places: { to: string; icon: IconName; text: string }[] = [
    { to: '/workflows', icon: 'flow', text: texts.nav.workflows },
    { to: '/runs', icon: 'run', text: texts.nav.runs },
    { to: '/settings', icon: 'settings', text: texts.nav.settings },
  ];
  return (
    <div className="flex h-full">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-card focus:p-2">
        {texts.skip}
      </a>
      <aside className="flex w-52 shrink-0 flex-col gap-4 border-r border-line bg-card p-3 max-md:w-14">
        <div className="flex items-center gap-2 px-1.5">
          <img src="/mark.svg" alt="" width={24} height={24} />
          <span className="font-semibold tracking-tight max-md:hidden">{texts.product}</span>
        </div>
        <button
          type="button"
          onClick={() => setPaletteOpen(true)}
          title={texts.palette.hint}
          className="flex cursor-pointer items-center gap-2 rounded-md border border-line px-2 py-1.5 text-sm text-soft hover:bg-well"
        >
          <Icon name="search" />
          <span className="max-md:sr-only">{texts.actions.search}</span>
          <span className="ml-auto max-md:hidden">
            <Kbd>Ctrl K</Kbd>
          </span>
        </button>
        <nav aria-label={texts.nav.label} className="flex flex-col gap-0.5">
          {places.map(({ to, icon, text }) => (
            <Link key={to} to={to} className={LINK}>
              <Icon name={icon} />
              <span className="max-md:sr-only">{text}</span>
            </Link>
          ))}
        </nav>
        <div className="mt-auto">
          <AccountMenu tenant={tenant} onSignedOut={() => void router.navigate({ to: '/' })} />
        </div>
      </aside>
      <main id="main" tabIndex={-1} className="relative min-w-0 flex-1 overflow-auto outline-none">
        <OfflineNotice />
        {create.error ? <ProblemBox error={create.error} /> : null}
        <Outlet />
      </main>
      {isPaletteOpen ? (
        <Suspense>
          <CommandPalette onCreate={() => create.mutate()} onClose={() => setPaletteOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

function AccountMenu({ tenant, onSignedOut }: { tenant: string; onSignedOut: () => void }) {
  const texts = useTexts();
  const { language, choose } = useLanguage();
  const { signOut } = useSession();
  const others = Object.entries(LANGUAGE_NAMES).filter(([id]) => id !== language);
  return (
    <Menu
      label={tenant}
      entries={[
        { id: 'light', text: texts.theme.light, onAction: () => chooseTheme('light') },
        { id: 'dark', text: texts.theme.dark, onAction: () => chooseTheme('dark') },
        { id: 'system', text: texts.theme.system, onAction: () => chooseTheme('system') },
        ...others.map(([id, text]) => ({ id: `language-${id}`, text, onAction: () => choose(id) })),
        {
          id: 'out',
          text: texts.actions.signOut,
          onAction: () => {
            signOut();
            onSignedOut();
          },
        },
      ]}
      trigger={
        <Button look="quiet" className="w-full">
          <span className="flex size-5 items-center justify-center rounded bg-accent text-xs text-on-accent uppercase">
            {tenant.slice(0, 1)}
          </span>
          <span className="truncate max-md:sr-only">{tenant}</span>
        </Button>
      }
    />
  );
}
