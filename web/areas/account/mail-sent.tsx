import { useMutation } from '@tanstack/react-query';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { DoorLinks } from './door-parts.tsx';
import { useAccountTexts } from './text/index.ts';

/** What stands where a mail decides how it goes on. It says the same whether there is such an account. */
export function MailSent({ text, onAgain }: { text: string; onAgain: () => Promise<void> }) {
  const { mail } = useAccountTexts();
  const again = useMutation({ mutationFn: onAgain });
  return (
    <>
      <h1 className="text-xl font-semibold">{mail.title}</h1>
      <p className="text-sm">{text}</p>
      <p className="text-sm text-soft">{mail.local}</p>
      {again.error ? <ProblemBox error={again.error} /> : null}
      <p role="status" className="text-sm empty:hidden">
        {again.isSuccess ? mail.sent : ''}
      </p>
      <Button onPress={() => again.mutate()} isDisabled={again.isPending} className="justify-center">
        {mail.again}
      </Button>
      <DoorLinks links={[['/sign-in', mail.back]]} />
    </>
  );
}
