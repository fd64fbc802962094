import { useMutation, useQuery } from '@tanstack/react-query';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import { useClient } from '../../../session/session.tsx';
import { useTexts } from '../../../text/index.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import type { Credential } from './queries.ts';

interface Choice {
  id: string;
  text: string;
}

interface CredentialSharingProps {
  credential: Credential;
  onChanged: (credential: Credential) => void;
}

/** Who may use a credential: everybody here, or those named. */
export function CredentialSharing({ credential, onChanged }: CredentialSharingProps) {
  const texts = useTexts();
  const client = useClient();
  const { sharing } = credential;
  const roles = useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => client.call('GET /v1/roles', {}, { signal }),
    retry: false,
  });
  const projects = useQuery({
    queryKey: ['projects'],
    queryFn: ({ signal }) => client.call('GET /v1/projects', {}, { signal }),
    retry: false,
  });
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
        label={texts.panel.shareRoles}
        chosen={sharing.roles}
        choices={(roles.data?.roles ?? []).map(({ id, name }) => ({ id, text: name }))}
        onChange={(ids) => share.mutate({ roles: ids })}
      />
      <Choices
        label={texts.panel.shareProjects}
        chosen={sharing.projects}
        choices={(projects.data?.projects ?? []).map(({ id, name }) => ({ id, text: name }))}
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
  onChange: (ids: string[]) => void;
}) {
  const { label, chosen, choices, onChange } = props;
  if (choices.length === 0) return null;
  return (
    <CheckboxGroup value={[...chosen]} onChange={onChange} className="flex flex-wrap items-center gap-3">
      <Label className="font-medium">{label}</Label>
      {choices.map(({ id, text }) => (
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
