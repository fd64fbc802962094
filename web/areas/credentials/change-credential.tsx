import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../session/session.tsx';
import { useTexts, useTextsOf } from '../../text/index.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Loading } from '../../ui/surface.tsx';
import { CredentialDialog } from './credential-dialog.tsx';
import { type Credential, credentialTypesQuery } from './queries.ts';
import { TEXTS } from './texts.ts';

/** The dialog of one that is there, once its type is known. */
export function ChangeCredential({ row, onClose }: { row: Credential; onClose: () => void }) {
  const texts = useTexts();
  const words = useTextsOf(TEXTS);
  const types = useQuery(credentialTypesQuery(useClient()));
  const type = types.data?.types.find((each) => each.type === row.type);
  if (type) return <CredentialDialog type={type} credential={row} onSaved={() => undefined} onClose={onClose} />;
  return (
    <Dialog title={row.name} closeLabel={texts.actions.close} isOpen onClose={onClose}>
      {types.error ? <ProblemBox error={types.error} onRetry={() => void types.refetch()} /> : null}
      {types.data ? <p className="text-sm text-soft">{words.noType}</p> : null}
      {types.isPending ? <Loading label={texts.loading} /> : null}
    </Dialog>
  );
}
