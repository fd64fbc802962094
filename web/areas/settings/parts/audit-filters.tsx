import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { MomentField } from '../schema/moment-field.tsx';
import { actionsOf, openApiQuery } from '../schema/openapi.ts';
import type { SettingsSearch } from '../search.ts';
import { useSettingsTexts } from '../text/index.ts';

interface AuditFiltersProps {
  search: SettingsSearch;
  onChange: (search: SettingsSearch) => void;
}

export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const { audit: texts } = useSettingsTexts();
  const { actions } = useTexts();
  const { data: api } = useQuery(openApiQuery);
  const known = api ? actionsOf(api) : [];
  const [typed, setTyped] = useState<SettingsSearch>(search);
  const address = JSON.stringify(search);
  const [shown, setShown] = useState(address);
  // another search came by the address; the boxes stay the same ones, with the focus in them
  if (shown !== address) {
    setShown(address);
    setTyped(search);
  }
  const with_ = (part: Partial<Record<keyof SettingsSearch, unknown>>): SettingsSearch =>
    Object.fromEntries(
      Object.entries({ ...typed, ...part }).filter(([, value]) => value !== '' && value !== undefined),
    ) as SettingsSearch;
  return (
    <form
      className="flex flex-wrap items-start gap-2 [&>button]:mt-6"
      onSubmit={(sent) => {
        sent.preventDefault();
        onChange(typed);
      }}
    >
      <TextField
        label={texts.action}
        value={typed.action ?? ''}
        onChange={(action) => setTyped(with_({ action }))}
        placeholder="workflows.*"
        suggestions={known}
        type="search"
      />
      <TextField
        label={texts.actor}
        value={typed.actor ?? ''}
        onChange={(actor) => setTyped(with_({ actor }))}
        type="search"
      />
      <TextField
        label={texts.target}
        value={typed.target ?? ''}
        onChange={(target) => setTyped(with_({ target }))}
        type="search"
      />
      <Select
        label={texts.show}
        value={typed.all ? 'all' : 'changes'}
        options={[
          { id: 'changes', text: texts.showChanges },
          { id: 'all', text: texts.showAll },
        ]}
        onChange={(show) => setTyped(with_({ all: show === 'all' ? true : undefined }))}
      />
      <Select
        label={texts.outcome}
        value={typed.outcome ?? ''}
        options={[
          { id: '' as const, text: texts.any },
          ...(['done', 'refused', 'failed'] as const).map((id) => ({ id, text: texts.outcomes[id] ?? id })),
        ]}
        onChange={(outcome) => setTyped(with_({ outcome }))}
      />
      <MomentField label={texts.since} value={typed.since} onChange={(since) => setTyped(with_({ since }))} />
      <MomentField label={texts.until} value={typed.until} onChange={(until) => setTyped(with_({ until }))} />
      <Button type="submit" look="main">
        {actions.search}
      </Button>
      <Button
        onPress={() => {
          setTyped({});
          onChange({});
        }}
      >
        {texts.clear}
      </Button>
    </form>
  );
}
