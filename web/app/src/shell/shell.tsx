import { Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useCreateWorkflow } from '../../../areas/workflows/use-create.ts';
import { useTexts } from '../../../text/index.tsx';
import { hasLetters, isTyping } from '../../../ui/letters.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Kbd } from '../../../ui/surface.tsx';
import { useArrival } from '../keyboard/arrival.ts';
import { listenForPanes } from '../keyboard/panes.ts';
import { AccountMenu } from './account-menu.tsx';
import { EnvironmentMenu } from './environment-menu.tsx';
import { GivenWorkflows } from './given.tsx';
import { NoticesLink } from './notices-link.tsx';
import { OfflineNotice } from './offline-notice.tsx';
import { OrganizationMenu } from './organization-menu.tsx';

// its list and search are a fifth of the page's code, and most visits do without
const CommandPalette = lazy(() =>
  import('./command-palette.tsx').then(({ CommandPalette: component }) => ({ default: component })),
);

const ShortcutsDialog = lazy(() =>
  import('../keyboard/shortcuts-dialog.tsx').then(({ ShortcutsDialog: component }) => ({ default: component })),
);

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

const LINK =
  'relative flex items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm font-medium max-md:justify-center max-md:px-0 max-md:py-2 text-soft hover:bg-well hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:text-accent';

export function Shell() {
  const texts = useTexts();
  const create = useCreateWorkflow();
  const [open, setOpen] = useState<'palette' | 'shortcuts'>();
  const close = (): void => setOpen(undefined);
  useEffect(listenForPanes, []);
  useArrival();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen('palette');
      } else if (event.key === '?' && !isTyping(event) && hasLetters()) {
        event.preventDefault();
        setOpen('shortcuts');
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const places: { to: string; icon: IconName; text: string }[] = [
    { to: '/workflows', icon: 'flow', text: texts.nav.workflows },
    { to: '/runs', icon: 'run', text: texts.nav.runs },
    { to: '/settings', icon: 'settings', text: texts.nav.settings },
    { to: '/developers', icon: 'code', text: texts.nav.developers },
  ];
  return (
    <div className="flex h-full">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-card focus:p-2">
        {texts.skip}
      </a>
      <aside data-pane className="flex w-52 shrink-0 flex-col gap-4 border-r border-line bg-card p-3 max-md:w-14">
        <div className="flex items-center gap-2 px-1.5 max-md:justify-center max-md:px-0">
          <img src="/mark.svg" alt="" width={24} height={24} />
          <span className="font-semibold tracking-tight max-md:hidden">{texts.product}</span>
        </div>
        <div className="flex flex-col gap-1">
          <OrganizationMenu />
          <EnvironmentMenu />
        </div>
        <button
          type="button"
          onClick={() => setOpen('palette')}
          title={texts.palette.hint}
          className="flex cursor-pointer items-center gap-2 rounded-md border border-line px-2 py-1.5 text-sm text-soft hover:bg-well max-md:justify-center max-md:px-0 max-md:py-2"
        >
          <Icon name="search" />
          <span className="max-md:sr-only">{texts.actions.search}</span>
          <span className="ml-auto max-md:hidden">
            <Kbd>{IS_MAC ? '⌘ K' : 'Ctrl K'}</Kbd>
          </span>
        </button>
        <nav aria-label={texts.nav.label} className="flex flex-col gap-0.5">
          {places.map(({ to, icon, text }) => (
            <Link key={to} to={to} className={LINK}>
              <Icon name={icon} />
              <span className="max-md:sr-only">{text}</span>
            </Link>
          ))}
          <NoticesLink className={LINK} />
        </nav>
        <div className="mt-auto">
          <AccountMenu />
        </div>
      </aside>
      <main id="main" data-pane tabIndex={-1} className="relative min-w-0 flex-1 overflow-auto outline-none">
        <OfflineNotice />
        {create.error ? <ProblemBox error={create.error} /> : null}
        <Outlet />
      </main>
      <GivenWorkflows />
      <Suspense>
        {open === 'palette' ? (
          <CommandPalette onCreate={() => create.mutate()} onShortcuts={() => setOpen('shortcuts')} onClose={close} />
        ) : open === 'shortcuts' ? (
          <ShortcutsDialog onClose={close} />
        ) : null}
      </Suspense>
    </div>
  );
}
