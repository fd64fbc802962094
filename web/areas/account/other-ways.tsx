import { useMutation, useQuery } from '@tanstack/react-query';
import { get, post } from '../../session/auth.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { wantedPath } from './place.ts';
import { useAccountTexts } from './text/index.ts';

/** The providers that the operator has set up; none, and nothing is shown. */
export function OtherWays() {
  const { signIn, providers } = useAccountTexts();
  const { data } = useQuery({
    queryKey: ['providers'],
    queryFn: () => get<{ providers: string[]; names: Record<string, string> }>('/auth/providers'),
    staleTime: Infinity,
  });
  const begin = useMutation({
    mutationFn: async (provider: string) => {
      const body = { provider, callbackURL: wantedPath(), errorCallbackURL: '/sign-in?error=provider' };
      location.assign((await post<{ url: string }>('/auth/sign-in/social', body)).url);
    },
  });
  return (
    <>
      {begin.error ? <ProblemBox error={begin.error} /> : null}
      {(data?.providers ?? []).map((id) => (
        <Button key={id} onPress={() => begin.mutate(id)} isPending={begin.isPending} className="justify-center">
          {signIn.with(data?.names[id] ?? providers[id] ?? id)}
        </Button>
      ))}
    </>
  );
}
