import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../session/session.tsx';
import type { Fields } from '../schema/schema.ts';
import { useSettingsTexts } from '../text/index.ts';
import { DocumentCard } from './document-card.tsx';

/** An empty number is one that is not set. */
const policyOf = (policy: Fields): Fields =>
  Object.fromEntries(Object.entries(policy).filter(([name, value]) => name !== 'private' && value !== null));

export function Egress() {
  const { egress } = useSettingsTexts();
  const client = useClient();
  const policy = useQuery({ queryKey: ['GET /v1/egress', {}], queryFn: () => client.call('GET /v1/egress') });
  const open = policy.data?.private ?? [];
  return (
    <DocumentCard
      title={egress.title}
      lead={
        <>
          <p>{egress.lead}</p>
          {open.length > 0 ? (
            <p>
              {egress.private}: <code className="font-mono text-xs">{open.join(', ')}</code>
            </p>
          ) : null}
        </>
      }
      read="GET /v1/egress"
      write="PUT /v1/egress"
      valueOf={policyOf}
    />
  );
}
