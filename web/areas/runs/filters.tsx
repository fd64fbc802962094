import { useQuery } from '@tanstack/react-query';
import { useCatalog } from '../../canvas/use-catalog.ts';
import { useNames } from '../../data/use-names.ts';
import { useEnvironment } from '../../session/environment.ts';
import { useClient } from '../../session/session.tsx';
import { useLanguage, useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { ownZone } from '../../ui/moment.ts';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { environmentsQuery } from '../workflows/queries.ts';
import { ALL_ENVIRONMENTS, type RunsSearch } from './search.ts';
import { runTexts } from './texts.ts';

const ANY = '*';
/** The environment of the shell: no environment can be called this. */
const HERE = '~here';

interface FiltersProps {
  search: RunsSearch;
  names: ReadonlyMap<string, string>;
  /** Names of keys and service accounts that started what is shown; members are all there. */
  starters: ReadonlyMap<string, string>;
  onChange: (search: RunsSearch) => void;
}

/** Everything the list can be narrowed by; the address of the page carries it. */
export function Filters({ search, names, starters, onChange }: FiltersProps) {
  const texts = useTexts();
  const own = useTextsOf(runTexts);
  const { zone } = useLanguage();
  const { environment: chosen } = useEnvironment();
  const { data: environments } = useQuery(environmentsQuery(useClient()));
  const { data: catalog } = useCatalog();
  const change = (part: RunsSearch): void => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value !== '' && value !== ANY);
    onChange(Object.fromEntries(next));
  };
  const members = useNames('member')?.names;
  const people = new Map([...(members ?? []), ...starters]);
  // what the address asks for is there, whoever it is
  if (search.startedBy !== undefined && !people.has(search.startedBy)) people.set(search.startedBy, search.startedBy);
  const triggers = [...(catalog?.values() ?? [])].filter(({ inputs }) => inputs === 0);
  const choice = (name: keyof RunsSearch, label: string, any: string, options: Iterable<readonly [string, string]>) => (
    <Select
      label={label}
      hideLabel
      value={search[name] ?? ANY}
      onChange={(value) => change({ [name]: value })}
      options={[{ id: ANY, text: any }, ...[...options].map(([id, text]) => ({ id, text }))]}
    />
  );
  return (
    <div
      role="group"
      aria-label={own.filters}
      className="grid grid-cols-2 gap-3 border-b border-line p-3 lg:grid-cols-4"
    >
      <TextField
        label={texts.runs.search}
        hideLabel
        placeholder={texts.runs.search}
        type="search"
        value={search.text ?? ''}
        onChange={(text) => change({ text })}
      />
      {choice('status', texts.runs.status, texts.runs.anyStatus, Object.entries(texts.runs.statuses))}
      {choice('workflow', texts.runs.workflow, texts.runs.anyWorkflow, names)}
      <Select
        label={own.environment}
        hideLabel
        value={search.environment ?? HERE}
        onChange={(environment) => change({ environment: environment === HERE ? '' : environment })}
        options={[
          { id: HERE, text: own.environmentHere(chosen) },
          { id: ALL_ENVIRONMENTS, text: own.allEnvironments },
          ...(environments?.environments ?? []).map(({ name }) => ({ id: name, text: name })),
        ]}
      />
      {choice(
        'trigger',
        own.trigger,
        own.anyTrigger,
        triggers.map(({ type, title }) => [type, title] as const),
      )}
      {choice('mode', own.mode, own.anyMode, Object.entries(own.modes))}
      {choice('startedBy', own.who, own.anyWho, people)}
      <TextField
        label={own.version}
        hideLabel
        placeholder={`${own.version}: ${own.versionHelp}`}
        value={search.version ?? ''}
        onChange={(version) => change({ version })}
      />
      {choice('period', own.period, own.anyTime, [...Object.entries(own.periods), ['between', own.between]])}
      {choice('took', own.took, own.anyTook, Object.entries(own.tooks))}
      {search.period === 'between' ? (
        <>
          {(['from', 'until'] as const).map((end) => (
            <TextField
              key={end}
              label={`${own[end]} (${ownZone(zone)})`}
              type="datetime-local"
              value={search[end] ?? ''}
              onChange={(value) => change({ [end]: value })}
            />
          ))}
        </>
      ) : null}
      {Object.keys(search).length > 0 ? (
        <div className="flex items-end">
          <Button look="quiet" onPress={() => onChange({})}>
            {own.clear}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
