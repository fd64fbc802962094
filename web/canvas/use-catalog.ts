import { useQuery } from '@tanstack/react-query';
import { useClient } from '../session/session.tsx';
import { useLanguage } from '../text/index.tsx';
import { catalogQuery } from './node-types.ts';

/** The kinds of steps, named in the reader's language. */
export function useCatalog() {
  const client = useClient();
  const { language } = useLanguage();
  return useQuery(catalogQuery(client, language));
}
