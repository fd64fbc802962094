import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTexts } from '../../text/index.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { Select } from '../../ui/select.tsx';
import { Loading } from '../../ui/surface.tsx';
import { SECTIONS } from './sections.ts';
import { useSettingsTexts } from './text/index.ts';

const LINK =
  'block rounded-md px-2.5 py-1 text-sm text-soft hover:bg-well hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent';

/** `/settings/<part>`: the parts on the left, the one that is open on the right. */
export function SettingsPage() {
  const texts = useTexts();
  const words = useSettingsTexts();
  const navigate = useNavigate();
  const { section = '' } = useParams({ strict: false });
  const open = SECTIONS.find(({ id }) => id === section) ?? SECTIONS[0];
  usePageTitle(words.pages[open?.id ?? ''] ?? texts.nav.settings);
  if (!open) return null;
  const groups = Map.groupBy(SECTIONS, ({ group }) => group);
  return (
    <div className="mx-auto flex w-full max-w-6xl gap-6 p-6 max-lg:flex-col max-lg:gap-4 max-sm:p-4">
      <nav aria-label={words.sections} className="flex w-44 shrink-0 flex-col gap-4 max-lg:hidden">
        {[...groups].map(([group, sections]) => (
          <div key={group}>
            <p className="px-2.5 pb-1 text-xs font-semibold text-soft">{words.groups[group]}</p>
            {sections.map(({ id }) => (
              <Link key={id} to="/settings/$section" params={{ section: id }} className={LINK}>
                {words.pages[id]}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className="lg:hidden">
        <Select
          label={words.sections}
          value={open.id}
          options={SECTIONS.map(({ id }) => ({ id, text: words.pages[id] ?? id }))}
          onChange={(id) => void navigate({ to: '/settings/$section', params: { section: id } })}
        />
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-4">
        <h1 className="text-xl font-semibold tracking-tight">{words.pages[open.id]}</h1>
        <Suspense fallback={<Loading label={texts.loading} />}>
          <open.component key={open.id} />
        </Suspense>
      </div>
    </div>
  );
}
