import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import { useNames } from '../../data/use-names.ts';
import { useClient } from '../../session/session.tsx';
import { useTexts } from '../../text/index.tsx';
import { useRoleName } from '../../text/roles.ts';
import { TextField } from '../../ui/field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import type { Credential } from './queries.ts';
import { type Choice, isLong, shownChoices } from './shown-choices.ts';

interface CredentialSharingProps {
  credential: Credential;
  onChanged: (credential: Credential) => void;
}

/** Who may use a credential: everybody here, or those named. */
export function CredentialSharing({ credential, onChanged }: CredentialSharingProps) {
  const texts = useTexts();
  const client = useClient();
  const { sharing } = credential;
  const roleName = useRoleName();
  const people = [...(useNames('member')?.names ?? [])].map(([id, text]) => ({ id, text }));
  const roles = [...(useNames('role')?.names ?? [])].map(([id, name]) => ({ id, text: roleName(id, name) }));
  const projects = [...(useNames('project')?.names ?? [])].map(([id, text]) => ({ id, text }));
  const share = useMutation({
    mutationFn: (part: Partial<Credential['sharing']>) =>
      client.call('PUT /v1/credentials/{id}/sharing', { params: { id: credential.id }, body: { ...sharing, ...part } }),
    onSuccess: onChanged,
  });
  const isOpen = sharing.users.length + sharing.roles.length + sharing.projects.length === 0;
  return (
    <section className="flex flex-col gap-2 border-t border-line pt-4 text-sm">
      <p className="text-soft">{isOpen ? texts.panel.sharedWithAll : texts.panel.sharedWithSome}</p>
      <Choices
        label={texts.panel.sharePeople}
        chosen={sharing.users}
        choices={people}
        isBusy={share.isPending}
        onChange={(ids) => share.mutate({ users: ids })}
      />
      <Choices
        label={texts.panel.shareRoles}
        chosen={sharing.roles}
        choices={roles}
        isBusy={share.isPending}
        onChange={(ids) => share.mutate({ roles: ids })}
      />
      <Choices
        label={texts.panel.shareProjects}
        chosen={sharing.projects}
        choices={projects}
        isBusy={share.isPending}
        onChange={(ids) => share.mutate({ projects: ids })}
      />
      {share.error ? <ProblemBox error={share.error} /> : null}
    </section>
  );
}

function Choices(props: {
  label: string;
  chosen: readonly string[];
  choices: readonly Choice[];
  /** All of it is sent at once: a second choice under way would take the first one back. */
  isBusy: boolean;
  onChange: (ids: string[]) => void;
}) {
  const { label, chosen, choices, isBusy, onChange } = props;
  const { panel } = useTexts();
  const [wanted, setWanted] = useState('');
  if (choices.length === 0) return null;
  return (
    <CheckboxGroup
      value={[...chosen]}
      onChange={onChange}
      isReadOnly={isBusy}
      className="flex flex-wrap items-center gap-3"
    >
      <Label className="font-medium">{label}</Label>
      {isLong(choices) ? (
        <TextField
          label={panel.findAmong(label)}
          placeholder={panel.findAmong(label)}
          hideLabel
          type="search"
          value={wanted}
          onChange={setWanted}
        />
      ) : null}
      {shownChoices(choices, chosen, wanted).map(({ id, text }) => (
        <Checkbox key={id} value={id} className="group flex cursor-pointer items-center gap-1.5">
          <span
            aria-hidden="true"
            className="flex size-4 items-center justify-center rounded border border-line text-xs group-data-[focus-visible]:outline-2 group-data-[selected]:bg-accent group-data-[selected]:text-on-accent"
          >
            <span className="hidden group-data-[selected]:inline">✓</span>
          </span>
          {text}
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}
