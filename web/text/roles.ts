import { useTextsOf } from './index.tsx';

type Words = Readonly<Record<string, string>>;

const BUILT_IN: { en: Words; de: Words } = {
  en: { owner: 'Owner', admin: 'Admin', editor: 'Editor', operator: 'Operator', viewer: 'Viewer', guest: 'Guest' },
  de: {
    owner: 'Eigentümer',
    admin: 'Verwalter',
    editor: 'Bearbeiter',
    operator: 'Bediener',
    viewer: 'Leser',
    guest: 'Gast',
  },
};

/** A built-in role in the reader's language; one of the organisation's own by the name they gave it. */
export function useRoleName(): (id: string, own?: string) => string {
  const words = useTextsOf(BUILT_IN);
  return (id, own) => (Object.hasOwn(words, id) ? words[id] : undefined) ?? own ?? id;
}
