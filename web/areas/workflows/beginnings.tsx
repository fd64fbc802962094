import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTextsOf } from '../../text/index.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { workflowTexts } from './texts.ts';

const TILE =
  'flex h-full w-full cursor-pointer flex-col gap-1 rounded-xl border border-line bg-card p-4 text-left shadow-card hover:border-accent';

/** For somebody who has nothing yet: four ways to a first workflow that runs, each one click. */
export function Beginnings({ onCreate, example }: { onCreate: () => void; example: string | undefined }) {
  const { beginnings } = useTextsOf(workflowTexts);
  const tile = (icon: IconName, [title, text]: readonly [string, string]): ReactNode => (
    <>
      <span className="flex items-center gap-2 font-semibold text-accent">
        <Icon name={icon} />
        {title}
      </span>
      <span className="text-sm text-soft">{text}</span>
    </>
  );
  return (
    <section aria-label={beginnings.title} className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">{beginnings.title}</h2>
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {example === undefined ? null : (
          <li>
            <Link to="/workflows/$id" params={{ id: example }} className={TILE}>
              {tile('run', beginnings.example)}
            </Link>
          </li>
        )}
        <li>
          <Link to="/workflows" search={{ templates: 1 }} className={TILE}>
            {tile('list', beginnings.template)}
          </Link>
        </li>
        <li>
          <Link to="/workflows" search={{ import: 1 }} className={TILE}>
            {tile('upload', beginnings.import)}
          </Link>
        </li>
        <li>
          <button type="button" onClick={onCreate} className={TILE}>
            {tile('plus', beginnings.draw)}
          </button>
        </li>
      </ul>
    </section>
  );
}
