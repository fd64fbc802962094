import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { placesQuery, tagsQuery } from './queries.ts';
import type { WorkflowsChange, WorkflowsSearch } from './search.ts';
import { workflowTexts } from './texts.ts';

const ANY = '*';

export function Filters({ search, onChange }: { search: WorkflowsSearch; onChange: (part: WorkflowsChange) => void }) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const { data: places = [] } = useQuery(placesQuery(client));
  const { data: tags } = useQuery(tagsQuery(client));
  return (
    <div
      role="group"
      aria-label={own.filters}
      className="grid gap-3 border-b border-line p-3 sm:grid-cols-2 lg:grid-cols-4"
    >
      <TextField
        label={texts.workflows.search}
        placeholder={texts.workflows.search}
        hideLabel
        type="search"
        value={search.text ?? ''}
        onChange={(text) => onChange({ text })}
      />
      <Select
        label={own.place}
        hideLabel
        value={search.place ?? ANY}
        onChange={(place) => onChange({ place: place === ANY ? '' : place })}
        options={[{ id: ANY, text: own.anyPlace }, ...places.map(({ id, path }) => ({ id, text: path.join(' / ') }))]}
      />
      <Select
        label={own.tag}
        hideLabel
        value={search.tag ?? ANY}
        onChange={(tag) => onChange({ tag: tag === ANY ? '' : tag })}
        options={[
          { id: ANY, text: own.anyTag },
          ...(tags?.tags ?? []).map(({ tag, uses }) => ({ id: tag, text: `${tag} (${uses})` })),
        ]}
      />
      <Select
        label={own.state}
        hideLabel
        value={search.state ?? ANY}
        onChange={(state) => onChange({ state: state === ANY ? undefined : state })}
        options={[
          { id: ANY, text: own.anyState },
          { id: 'live', text: own.states.live },
          { id: 'draft', text: own.states.draft },
        ]}
      />
    </div>
  );
}
