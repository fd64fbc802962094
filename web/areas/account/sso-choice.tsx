import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { post } from '../../session/auth.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { wantedPath } from './place.ts';
import type { FoundSso } from './sso.ts';
import { useAccountTexts } from './text/index.ts';

/** The organisation's own identity providers: a page of theirs, or a name and password of their directory. */
export function SsoChoice({ found, onDone }: { found: FoundSso; onDone: () => Promise<void> }) {
  const { signIn } = useAccountTexts();
  const begin = (address: string): void => location.assign(`${address}?returnTo=${encodeURIComponent(wantedPath())}`);
  return found.connections.map((connection) =>
    connection.kind === 'ldap' ? (
      <DirectoryForm key={connection.id} name={connection.name} address={connection.signIn} onDone={onDone} />
    ) : (
      <Button key={connection.id} onPress={() => begin(connection.signIn)} className="justify-center">
        {signIn.with(connection.name)}
      </Button>
    ),
  );
}

interface DirectoryFormProps {
  name: string;
  address: string;
  onDone: () => Promise<void>;
}

function DirectoryForm({ name, address, onDone }: DirectoryFormProps) {
  const { signIn } = useAccountTexts();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: async () => {
      await post(new URL(address).pathname, { username, password });
      await onDone();
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-3 rounded-lg bg-ground p-3">
      {enter.error ? <ProblemBox error={enter.error} /> : null}
      <TextField label={signIn.directoryName(name)} value={username} onChange={setUsername} autoComplete="username" />
      <TextField
        label={signIn.password}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      <Button type="submit" isPending={enter.isPending} className="justify-center">
        {signIn.with(name)}
      </Button>
    </form>
  );
}
