import { Link } from '@tanstack/react-router';
import { type Texts } from '../../text/en.ts';
import { Badge } from '../../ui/surface.tsx';
import type { Column } from '../../ui/table.tsx';
import { Ago } from '../../ui/time.tsx';
import type { RunHead } from '../runs/status.ts';
import type { Head } from './bulk.ts';
import type { Place } from './queries.ts';
import { RecentRuns } from './recent-runs.tsx';
import type { Selection } from './selection.ts';
import type { workflowTexts } from './texts.ts';

interface Facts {
  texts: Texts;
  own: typeof workflowTexts.en;
  selection: Selection;
  /** Names by id. */
  members: ReadonlyMap<string, string>;
  places: readonly Place[];
  runsOf: ReadonlyMap<string, readonly RunHead[]>;
}

const BOX = 'size-4 cursor-pointer accent-(--c-accent)';

/** Columns of the list of workflows. */
export function columnsOf({ texts, own, selection, members, places, runsOf }: Facts): Column<Head>[] {
  const placeOf = ({ project, folder }: Head): Place | undefined =>
    places.find(({ id }) => id === (folder === null ? `project:${project}` : `folder:${folder}`));
  const ownerOf = ({ createdBy }: Head): string => {
    if (createdBy === null) return '–';
    if (createdBy.startsWith('key:')) return own.byKey;
    if (createdBy.startsWith('service:')) return own.byService;
    const id = createdBy.slice(createdBy.indexOf(':') + 1);
    return members.get(id) ?? id;
  };
  return [
    {
      id: 'select',
      title: '',
      className: 'w-8',
      cell: ({ id, name }) => (
        <input
          type="checkbox"
          aria-label={own.select(name)}
          checked={selection.has(id)}
          onChange={() => selection.toggle(id)}
          className={BOX}
        />
      ),
    },
    {
      id: 'name',
      title: texts.workflows.name,
      isHead: true,
      cell: (head) => (
        <div className="flex min-w-0 flex-col">
          <Link
            to="/workflows/$id"
            params={{ id: head.id }}
            className="block truncate leading-6 hover:text-accent hover:underline"
          >
            {head.name === '' ? texts.workflows.untitled : head.name}
          </Link>
          <span className="mt-0.5 flex min-w-0 flex-wrap gap-x-2 gap-y-1 text-xs leading-5 font-normal text-soft empty:hidden">
            <PlaceLink place={placeOf(head)} />
            {head.tags.map((tag) => (
              <Link
                key={tag}
                to="/workflows"
                search={{ tag }}
                className="max-w-40 truncate rounded bg-well px-1.5 text-ink hover:text-accent"
              >
                {tag}
              </Link>
            ))}
          </span>
        </div>
      ),
    },
    {
      id: 'state',
      title: texts.workflows.state,
      cell: ({ published }) =>
        published === null ? (
          <Badge tone="soft">{texts.workflows.draft}</Badge>
        ) : (
          <Badge tone="good">{texts.workflows.published(published)}</Badge>
        ),
    },
    {
      id: 'recent',
      title: texts.workflows.recent,
      cell: ({ id, name }) => {
        const runs = runsOf.get(id) ?? [];
        if (runs.length === 0) return <RecentRuns runs={runs} />;
        return (
          <Link to="/runs" search={{ workflow: id }} title={own.runsOf(name)} className="block w-fit">
            <RecentRuns runs={runs} />
          </Link>
        );
      },
    },
    { id: 'owner', title: own.owner, className: 'max-w-40 truncate', cell: ownerOf },
    { id: 'changed', title: texts.workflows.changed, cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
  ];
}

function PlaceLink({ place }: { place: Place | undefined }) {
  if (!place) return null;
  return (
    <Link to="/workflows" search={{ place: place.id }} className="truncate hover:text-accent hover:underline">
      {place.path.join(' / ')}
    </Link>
  );
}
