import { CollectionCard } from '../collections/collection-card.tsx';
import { connections, domains, environments, variables } from '../collections/deployment.tsx';
import { grants, invitations, keys, members, roles, serviceAccounts } from '../collections/people.tsx';
import { useSettingsTexts } from '../text/index.ts';

// The sections that are lists and nothing else.

export function Members() {
  const texts = useSettingsTexts();
  return (
    <>
      <CollectionCard collection={members(texts)} />
      <CollectionCard collection={invitations(texts)} />
    </>
  );
}

export function SingleSignOn() {
  const texts = useSettingsTexts();
  return (
    <>
      <CollectionCard collection={domains(texts)} />
      <CollectionCard collection={connections(texts)} />
    </>
  );
}

export const Roles = () => <CollectionCard collection={roles(useSettingsTexts())} />;
export const Grants = () => <CollectionCard collection={grants(useSettingsTexts())} />;
export const Keys = () => <CollectionCard collection={keys(useSettingsTexts())} />;
export const ServiceAccounts = () => <CollectionCard collection={serviceAccounts(useSettingsTexts())} />;
export const Environments = () => <CollectionCard collection={environments(useSettingsTexts())} />;
export const Variables = () => <CollectionCard collection={variables(useSettingsTexts())} />;
