import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Select } from '../../ui/select.tsx';
import { useFaultsOf } from '../../ui/use-faults-of.ts';
import { useFirstWrong } from '../../ui/use-first-wrong.ts';
import { placesQuery } from './queries.ts';
import { workflowTexts } from './texts.ts';

const NOWHERE = '-';

interface MoveDialogProps {
  /** Why it came to nothing. */
  error: unknown;
  isBusy: boolean;
  onClose: () => void;
  onMove: (to: { project: string | null; folder: string | null }) => void;
}

/** Chooses a project or folder, or makes one on the way. */
export function MoveDialog({ error, isBusy, onClose, onMove }: MoveDialogProps) {
  const texts = useTexts();
  const own = useTextsOf(workflowTexts);
  const client = useClient();
  const queries = useQueryClient();
  const { data: places = [] } = useQuery(placesQuery(client));
  const [chosen, setChosen] = useState(NOWHERE);
  const [name, setName] = useState('');
  const place = places.find(({ id }) => id === chosen);
  const make = useMutation({
    mutationFn: async (wanted: string): Promise<string> => {
      if (!place) return `project:${(await client.call('POST /v1/projects', { body: { name: wanted } })).id}`;
      const body = { project: place.project, parent: place.folder, name: wanted };
      return `folder:${(await client.call('POST /v1/folders', { body })).id}`;
    },
    onSuccess: async (made, wanted) => {
      await queries.invalidateQueries({ queryKey: ['places'] });
      setName((now) => (now === wanted ? '' : now));
      setChosen(made);
    },
  });
  const form = useFirstWrong(make.error);
  const faultAt = useFaultsOf(make.error);
  return (
    <Dialog title={own.moveTitle} closeLabel={texts.actions.close} isOpen onClose={onClose}>
      <Select
        label={own.place}
        value={chosen}
        onChange={setChosen}
        options={[
          { id: NOWHERE, text: own.nowhere },
          ...places.map(({ id, path }) => ({ id, text: path.join(' / ') })),
        ]}
      />
      <form
        ref={form}
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') make.mutate(name);
        }}
      >
        <div className="grow">
          <TextField
            label={place ? own.newFolder : own.newProject}
            value={name}
            error={faultAt('/name')}
            onChange={setName}
          />
        </div>
        <Button type="submit" isDisabled={name.trim() === ''} isPending={make.isPending}>
          {own.make}
        </Button>
      </form>
      {make.error || error ? <ProblemBox error={make.error ?? error} /> : null}
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>{texts.actions.cancel}</Button>
        <Button
          look="main"
          isPending={isBusy}
          onPress={() => onMove({ project: place?.project ?? null, folder: place?.folder ?? null })}
        >
          {own.moveHere}
        </Button>
      </div>
    </Dialog>
  );
}
