import { type FormEvent, useState } from 'react';
import { useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Card } from '../../../ui/surface.tsx';
import { tenantOf, useHeld } from '../../../session/session.tsx';

/** @param why What became of the session before, if there was one. */
export function SignIn({ why }: { why?: string | undefined }) {
  const texts = useTexts();
  const { signIn } = useHeld();
  const [key, setKey] = useState('');
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (tenantOf(key.trim()) === undefined) setError(texts.signIn.notAKey);
    else signIn(key.trim());
  };
  return (
    <main id="main" className="flex min-h-full items-center justify-center p-6">
      <Card className="w-full max-w-md p-6">
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <img src="/mark.svg" alt="" width={36} height={36} />
          <h1 className="text-xl font-semibold">{texts.signIn.title}</h1>
          <p className="text-sm text-soft">{texts.signIn.lead}</p>
          <TextField
            label={texts.signIn.key}
            value={key}
            onChange={setKey}
            type="password"
            help={texts.signIn.keyHelp}
            autoFocus
            autoComplete="off"
            isMono
          />
          <p role="status" className="text-sm text-bad empty:hidden">
            {error ?? why}
          </p>
          <Button look="main" type="submit" className="justify-center">
            {texts.signIn.submit}
          </Button>
        </form>
      </Card>
    </main>
  );
}
