import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { personalClient } from '../../session/session.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFaultsOf } from '../../ui/use-faults-of.ts';
import { DoorForm } from './door-parts.tsx';
import { useAccountTexts } from './text/index.ts';

interface OrganizationFormProps {
  /** A name to begin with. */
  suggested?: string;
  onMade: (id: string) => Promise<void>;
}

/** Makes an organisation, which the person owns then. */
export function OrganizationForm({ suggested = '', onMade }: OrganizationFormProps) {
  const { organization: texts } = useAccountTexts();
  const [name, setName] = useState(suggested);
  const [id, setId] = useState('');
  const make = useMutation({
    mutationFn: async () => {
      const body = { name, ...(id.trim() === '' ? {} : { id: id.trim() }) };
      await onMade((await personalClient.call('POST /v1/organizations', { body })).id);
    },
  });
  const faultAt = useFaultsOf(make.error);
  return (
    <DoorForm
      title={texts.title}
      lead={texts.lead}
      error={make.error}
      submit={texts.submit}
      isBusy={make.isPending}
      onSubmit={() => make.mutate()}
    >
      <TextField
        label={texts.name}
        value={name}
        onChange={setName}
        error={faultAt('/name')}
        autoComplete="organization"
        autoFocus
      />
      <TextField label={texts.id} value={id} onChange={setId} help={texts.idHelp} error={faultAt('/id')} isMono />
    </DoorForm>
  );
}
