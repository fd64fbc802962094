import type { FormEvent, ReactNode } from 'react';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Card } from '../../../ui/surface.tsx';
import { useFirstWrong } from '../../../ui/use-first-wrong.ts';

/** One part of the account: heading, what it is for, what went wrong, and its form. */
export function AccountCard(props: {
  title: string;
  lead?: string;
  error?: unknown;
  said?: string | false | undefined;
  onSubmit?: () => void;
  children: ReactNode;
}) {
  const { title, lead, error, said, onSubmit, children } = props;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit?.();
  };
  const form = useFirstWrong(error);
  const content = onSubmit ? (
    <form ref={form} onSubmit={send} noValidate className="flex flex-wrap items-start gap-3 [&>button]:mt-6">
      {children}
    </form>
  ) : (
    children
  );
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{title}</h2>
      {lead === undefined ? null : <p className="text-sm text-soft">{lead}</p>}
      {error ? <ProblemBox error={error} /> : null}
      {content}
      <p role="status" className="text-sm text-good empty:hidden">
        {said || ''}
      </p>
    </Card>
  );
}
