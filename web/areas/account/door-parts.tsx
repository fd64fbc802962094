import type { FormEvent, ReactNode } from 'react';
import { ApiError } from '../../../sdk/client/index.ts';
import type { DoorPath } from '../../session/door-paths.ts';
import { useTexts } from '../../text/index.tsx';
import { Button } from '../../ui/button.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import { useFirstWrong } from '../../ui/use-first-wrong.ts';
import { goTo } from './place.ts';

/** Heading, words and form of one page of the door. */
export function DoorForm(props: {
  title: string;
  lead?: ReactNode;
  note?: ReactNode;
  error?: unknown;
  submit: string;
  isBusy: boolean;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const { title, lead, note, error, submit, isBusy, onSubmit, children } = props;
  usePageTitle(title);
  const form = useFirstWrong(error);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBusy) onSubmit();
  };
  return (
    <>
      <header className="flex flex-col gap-1">
        <h1 className="text-xl font-semibold">{title}</h1>
        {lead === undefined ? null : <p className="text-sm text-soft">{lead}</p>}
      </header>
      <p role="status" className="rounded-lg bg-accent-soft p-3 text-sm empty:hidden">
        {note}
      </p>
      {error && !hasFaults(error) ? <ProblemBox error={error} /> : null}
      <form ref={form} onSubmit={send} noValidate className="flex flex-col gap-4">
        {children}
        <Button look="main" type="submit" isPending={isBusy} className="justify-center">
          {submit}
        </Button>
      </form>
    </>
  );
}

const hasFaults = (error: unknown): boolean => error instanceof ApiError && error.errors.length > 0;

/** What became of the session before, for somebody who is asked to sign in. */
export function useWhy(error: ApiError | undefined): string | undefined {
  const { refusal } = useTexts();
  if (!error) return undefined;
  const { text, hint } = refusal(error);
  return [text, hint].filter(Boolean).join('. ').replaceAll('..', '.');
}

export function DoorLinks({ links }: { links: readonly (readonly [DoorPath, string])[] }) {
  return (
    <nav className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {links.map(([path, text]) => (
        <a
          key={path}
          href={path}
          onClick={(click) => {
            if (click.ctrlKey || click.metaKey || click.shiftKey) return;
            click.preventDefault();
            goTo(path);
          }}
          className="text-accent underline underline-offset-2"
        >
          {text}
        </a>
      ))}
    </nav>
  );
}
