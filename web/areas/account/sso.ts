import { useQuery } from '@tanstack/react-query';
import { get } from '../../session/auth.ts';

/** What `GET /sso/find` says of the domain of an address. */
export interface FoundSso {
  organization: string | null;
  enforced: boolean;
  connections: { id: string; kind: string; name: string; signIn: string }[];
}

const COMPLETE = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

/** How the organisation that holds an address's domain signs its people in; undefined where none does. */
export function useSsoOf(email: string): FoundSso | undefined {
  const domain = COMPLETE.test(email.trim()) ? email.trim().split('@').at(-1) : undefined;
  const { data } = useQuery({
    queryKey: ['sso', domain],
    // the answer is about the domain: nobody needs to be told whose it is
    queryFn: () => get<FoundSso>(`/sso/find?email=${encodeURIComponent(`somebody@${domain ?? ''}`)}`),
    enabled: domain !== undefined,
    retry: false,
    staleTime: 60_000,
  });
  return data && data.connections.length > 0 ? data : undefined;
}
