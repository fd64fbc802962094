import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Said } from '../../text/said/index.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Loading } from '../../ui/surface.tsx';
import { CredentialDialog } from './credential-dialog.tsx';
import { type CredentialType, credentialTypesQuery } from './queries.ts';
import { TEXTS } from './texts.ts';

/** Asks for which service, then for what that service needs. */
export function NewCredential({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const words = useTextsOf(TEXTS);
  const types = useQuery(credentialTypesQuery(useClient()));
  const [type, setType] = useState<CredentialType>();
  if (type) return <CredentialDialog type={type} credential={undefined} onSaved={() => undefined} onClose={onClose} />;
  return (
    <Dialog title={words.choose} closeLabel={texts.actions.close} isOpen onClose={onClose}>
      {types.error ? <ProblemBox error={types.error} onRetry={() => void types.refetch()} /> : null}
      {types.data ? <Choice types={types.data.types} onChoose={setType} /> : <Loading label={texts.loading} />}
    </Dialog>
  );
}

function Choice({ types, onChoose }: { types: readonly CredentialType[]; onChoose: (type: CredentialType) => void }) {
  const words = useTextsOf(TEXTS);
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = types
    .filter(({ type, title, summary }) => `${type} ${title} ${summary}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => a.title.localeCompare(b.title));
  return (
    <>
      <TextField
        label={words.find}
        hideLabel
        placeholder={words.find}
        value={text}
        onChange={setText}
        type="search"
        autoFocus
      />
      {found.length === 0 ? <p className="text-sm text-soft">{words.noType}</p> : null}
      <ul className="-mx-2 flex max-h-[50vh] flex-col overflow-auto" aria-label={words.choose}>
        {found.map((each) => (
          <li key={each.type}>
            <button
              type="button"
              onClick={() => onChoose(each)}
              className="flex w-full cursor-pointer flex-col rounded-md px-2 py-1.5 text-left text-sm -outline-offset-2 hover:bg-well"
            >
              <span className="font-medium">{each.title}</span>
              <span className="text-xs text-soft">
                <Said text={each.summary} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
