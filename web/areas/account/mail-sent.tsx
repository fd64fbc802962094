import { useMutation } from '@tanstack/react-query';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { DoorLinks } from './door-parts.tsx';
import { useAccountTexts } from './text/index.ts';

/** The same in every language. */
const READ_MAILS = 'npm run --silent cli -- mails';

/** What stands where a mail decides how it goes on. It says the same whether there is such an account. */
export function MailSent({ text, onAgain }: { text: string; onAgain: () => Promise<void> }) {
  const { mail } = useAccountTexts();
  usePageTitle(mail.title);
  const again = useMutation({ mutationFn: onAgain });
  return (
    <>
      <h1 className="text-xl font-semibold">{mail.title}</h1>
      <p className="text-sm">{text}</p>
      <div className="flex flex-col gap-1 text-sm text-soft">
        <p>{mail.local}</p>
        <div className="flex items-center justify-between gap-2 rounded-md bg-ground py-0.5 pr-0.5 pl-2.5">
          <code className="font-mono text-xs break-words text-ink">{READ_MAILS}</code>
          <CopyButton text={READ_MAILS} />
        </div>
      </div>
      {again.error ? <ProblemBox error={again.error} /> : null}
      <p role="status" className="text-sm empty:hidden">
        {again.isSuccess ? mail.sent : ''}
      </p>
      <Button onPress={() => again.mutate()} isPending={again.isPending} className="justify-center">
        {mail.again}
      </Button>
      <DoorLinks links={[['/sign-in', mail.back]]} />
    </>
  );
}
