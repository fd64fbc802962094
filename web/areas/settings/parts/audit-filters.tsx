import { useState } from 'react';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { MomentField } from '../schema/moment-field.tsx';
import type { SettingsSearch } from '../search.ts';
import { useSettingsTexts } from '../text/index.ts';

interface AuditFiltersProps {
  search: SettingsSearch;
  onChange: (search: SettingsSearch) => void;
}

export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const { audit: texts } = useSettingsTexts();
  const { actions } = useTexts();
  const [typed, setTyped] = useState<SettingsSearch>(search);
  const with_ = (part: Partial<Record<keyof SettingsSearch, unknown>>): SettingsSearch =>
    Object.fromEntries(
      Object.entries({ ...typed, ...part }).filter(([, value]) => value !== '' && value !== undefined),
    ) as SettingsSearch;
  return (
    <form
      className="flex flex-wrap items-end gap-2"
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
