import { useTextsOf } from './index.tsx';

type Words = Readonly<Record<string, string>>;

const AREAS: { en: Words; de: Words } = {
  en: {
    account: 'Account',
    audit: 'Audit log',
    credentials: 'Credentials',
    'data-tables': 'Data tables',
    egress: 'Outgoing traffic',
    environments: 'Environments',
    files: 'Files',
    grants: 'Grants',
    'hook-domains': 'Domains of webhooks',
    keys: 'API keys',
    members: 'Members',
    'node-types': 'Kinds of steps',
    organization: 'Organisation',
    organizations: 'Organisations',
    projects: 'Projects and folders',
    roles: 'Roles',
    'run-shares': 'Shared runs',
    runs: 'Runs',
    'service-accounts': 'Service accounts',
    'sso-connections': 'Identity providers',
    'sso-domains': 'Domains of single sign-on',
    sso: 'Single sign-on',
    tables: 'Data tables',
    tenant: 'Own organisation',
    usage: 'Usage',
    variables: 'Variables',
    workflows: 'Workflows',
  },
  de: {
    account: 'Konto',
    audit: 'Protokoll',
    credentials: 'Zugangsdaten',
    'data-tables': 'Datentabellen',
    egress: 'Ausgehender Verkehr',
    environments: 'Umgebungen',
    files: 'Dateien',
    grants: 'Rechte',
    'hook-domains': 'Domains von Webhooks',
    keys: 'API-Schlüssel',
    members: 'Mitglieder',
    'node-types': 'Arten von Schritten',
    organization: 'Organisation',
    organizations: 'Organisationen',
    projects: 'Projekte und Ordner',
    roles: 'Rollen',
    'run-shares': 'Geteilte Läufe',
    runs: 'Läufe',
    'service-accounts': 'Dienstkonten',
    'sso-connections': 'Identitätsanbieter',
    'sso-domains': 'Domains für Single Sign-on',
    sso: 'Single Sign-on',
    tables: 'Datentabellen',
    tenant: 'Eigene Organisation',
    usage: 'Verbrauch',
    variables: 'Variablen',
    workflows: 'Abläufe',
  },
};

/** Parts of the API and what scopes are about, as people call them. */
export function useAreaName(): (area: string) => string {
  const words = useTextsOf(AREAS);
  return (area) => (Object.hasOwn(words, area) ? (words[area] ?? area) : area);
}
