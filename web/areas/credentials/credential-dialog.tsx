import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { forgetNames } from '../../data/names.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import { Said } from '../../text/said/index.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { useFaultsOf } from '../../ui/use-faults-of.ts';
import { useFirstWrong } from '../../ui/use-first-wrong.ts';
import { CredentialSharing } from './credential-sharing.tsx';
import { type Values, ValueFields } from './value-fields.tsx';
import type { Credential, CredentialType } from './queries.ts';
import { useSignIn } from './use-sign-in.ts';

interface CredentialDialogProps {
  type: CredentialType;
  /** Absent: a new one. */
  credential: Credential | undefined;
  onSaved: (credential: Credential) => void;
  onClose: () => void;
}

/** A credential in all its parts. Secrets go in and never come out: a box left empty keeps what is stored. */
export function CredentialDialog({ type, credential, onSaved, onClose }: CredentialDialogProps) {
  const texts = useTexts();
  const client = useClient();
  const queries = useQueryClient();
  const [held, setHeld] = useState(credential);
  const [name, setName] = useState(credential?.name ?? type.title);
  const [domains, setDomains] = useState((credential?.domains ?? type.domains).join(', '));
  const [values, setValues] = useState<Values>(() => ({ ...credential?.fields, ...credential?.external }));
  const given = domains
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  const test = useMutation({
    mutationFn: () => client.call('POST /v1/credentials/{id}/test', { params: { id: held?.id ?? '' }, body: {} }),
  });
  const keep = (saved: Credential): void => {
    setHeld(saved);
    onSaved(saved);
    void queries.invalidateQueries({ queryKey: ['GET /v1/credentials'] });
    void forgetNames(queries);
  };
  const save = useMutation({
    mutationFn: () => {
      // what was emptied is left out, as what was never filled in
      const body = {
        name,
        values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
        domains: given,
      };
      return held
        ? client.call('PUT /v1/credentials/{id}', { params: { id: held.id }, body })
        : client.call('POST /v1/credentials', { body: { ...body, type: type.type } });
    },
    onSuccess: (saved) => {
      // what it said is of what was stored before
      test.reset();
      keep(saved);
    },
  });
  const signIn = useSignIn(held, keep);
  const form = useFirstWrong(save.error);
  const faultAt = useFaultsOf(save.error);
  const wrongDomain = given.map((_, index) => faultAt(`/domains/${index}`)).find(Boolean) ?? faultAt('/domains');
  const failure = save.error ?? test.error ?? signIn.error;
  return (
    <Dialog title={held ? held.name : type.title} closeLabel={texts.actions.close} isOpen onClose={onClose}>
      <p className="text-sm text-soft">
        <Said text={type.summary} />
      </p>
      <form
        ref={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextField label={texts.editor.nodeName} value={name} error={faultAt('/name')} onChange={setName} isRequired />
        {type.signsIn ? (
          <p className="text-sm text-soft">
            {texts.panel.redirectAddress}{' '}
            <code className="font-mono text-xs break-all text-ink select-all">{`${location.origin}/oauth/callback`}</code>
          </p>
        ) : null}
        <ValueFields
          type={type}
          stored={held?.secrets ?? []}
          values={values}
          faultOf={(field) => faultAt(`/values/${field}`)}
          onChange={setValues}
        />
        <TextField
          label={texts.panel.domains}
          value={domains}
          error={wrongDomain}
          onChange={setDomains}
          help={texts.panel.domainsHelp}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" look="main" isPending={save.isPending}>
            {texts.panel.saveCredential}
          </Button>
          {held && type.signsIn ? (
            <Button onPress={signIn.begin} isPending={signIn.isWaiting}>
              {signIn.isWaiting ? texts.panel.signingIn : texts.panel.signIn(type.title)}
            </Button>
          ) : null}
          {held ? (
            <Button onPress={() => test.mutate()} isPending={test.isPending}>
              {texts.panel.testCredential}
            </Button>
          ) : null}
          <span role="status" className="text-sm">
            {test.data ? (
              <span className={test.data.ok ? 'text-good' : 'text-bad'}>{test.data.message}</span>
            ) : save.isSuccess && held ? (
              texts.panel.credentialState[held.state]
            ) : null}
          </span>
        </div>
      </form>
      {failure ? <ProblemBox error={failure} /> : null}
      {held ? <CredentialSharing credential={held} onChanged={keep} /> : null}
    </Dialog>
  );
}
