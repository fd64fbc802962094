import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { Json, JsonObject } from '../../../core/data/item.ts';
import type { WorkflowNode } from '../../../core/graph/document.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import type { Draft } from '../draft/draft.ts';
import { isObject } from './form/kind.ts';
import { type Credential, credentialsQuery, credentialTypesQuery } from '../../areas/credentials/queries.ts';

const Dialog = lazy(() =>
  import('../../areas/credentials/credential-dialog.tsx').then(({ CredentialDialog }) => ({
    default: CredentialDialog,
  })),
);
const NONE = '';

const idIn = (ref: Json | undefined): string =>
  isObject(ref) ? String(ref.id ?? '') : typeof ref === 'string' ? ref : '';

interface CredentialFieldProps {
  draft: Draft;
  node: WorkflowNode;
  /** The type of credential the step wants with its parameters. */
  type: string;
}

/** The credential of a step: one of those there are, or a new one made without leaving the step. */
export function CredentialField({ draft, node, type }: CredentialFieldProps) {
  const texts = useTexts();
  const client = useClient();
  const [open, setOpen] = useState<Credential | 'new'>();
  const list = useQuery(credentialsQuery(client, type));
  const types = useQuery(credentialTypesQuery(client));
  const about = types.data?.types.find((each) => each.type === type);
  const refs: JsonObject = node.credentials ?? {};
  const ref = Object.hasOwn(refs, type) ? refs[type] : undefined;
  const chosen = idIn(ref);
  const known = list.data ?? [];
  const current = known.find(({ id }) => id === chosen);
  const choose = (credential: { id: string; name: string } | undefined): void => {
    const { [type]: _before, ...others } = refs;
    const next: JsonObject = credential ? { ...others, [type]: { id: credential.id, name: credential.name } } : others;
    draft.edits.setField(node.id, 'credentials', Object.keys(next).length > 0 ? next : undefined);
  };
  const title = about?.title ?? type;
  return (
    <div role="group" aria-label={texts.panel.credential} className="flex min-w-0 flex-col gap-1 pb-4">
      <div className="flex min-w-0 items-end gap-1">
        <div className="min-w-0 flex-1">
          <Select
            label={`${texts.panel.credential}: ${title}`}
            value={chosen}
            options={[
              { id: NONE, text: list.isPending ? texts.loading : texts.panel.choose },
              // one that is not shared with this person, or gone
              ...(chosen !== NONE && !current
                ? [{ id: chosen, text: isObject(ref) ? String(ref.name ?? chosen) : chosen }]
                : []),
              ...known.map(({ id, name }) => ({ id, text: name })),
            ]}
            onChange={(id) => choose(known.find((each) => each.id === id))}
          />
        </div>
        {current ? (
          <Button look="quiet" square aria-label={texts.panel.editCredential} onPress={() => setOpen(current)}>
            <Icon name="settings" />
          </Button>
        ) : null}
        <Button isDisabled={!about} onPress={() => setOpen('new')}>
          <Icon name="plus" />
          {texts.panel.newCredential}
        </Button>
      </div>
      {current && current.state !== 'ready' ? (
        <p role="status" className="text-xs text-bad">
          {texts.panel.credentialState[current.state]}
        </p>
      ) : null}
      {list.error ? <p className="text-xs text-bad">{list.error.message}</p> : null}
      {open && about ? (
        <Suspense fallback={null}>
          <Dialog
            type={about}
            credential={open === 'new' ? undefined : open}
            onSaved={(saved) => choose(saved)}
            onClose={() => setOpen(undefined)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
