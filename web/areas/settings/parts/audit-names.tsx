import { useQuery } from '@tanstack/react-query';
import { NameOf } from '../../../data/name-of.tsx';
import type { NamedKind } from '../../../data/names.ts';
import { useOperation } from '../../../text/use-operation.ts';
import { openApiQuery } from '../schema/openapi.ts';
import { useSettingsTexts } from '../text/index.ts';

/** What ids of each kind begin with. */
const PREFIXES: Readonly<Record<string, NamedKind>> = {
  wf: 'workflow',
  cred: 'credential',
  proj: 'project',
  sa: 'service',
  role: 'role',
  key: 'key',
  sso: 'connection',
};
const ACTORS: Readonly<Record<string, NamedKind>> = {
  member: 'member',
  key: 'key',
  service: 'service',
  scim: 'connection',
};

/** Who did it: people, keys and service accounts by name. */
export function ActorName({ actor: { kind, id } }: { actor: { kind: string; id: string } }) {
  const { audit } = useSettingsTexts();
  const known = Object.hasOwn(audit.kinds, kind) ? audit.kinds[kind] : kind;
  return <NameOf kind={ACTORS[kind]} id={id} before={known ?? kind} />;
}

function kindOf(action: string, target: string): NamedKind | undefined {
  const area = action.slice(0, action.indexOf('.'));
  if (area === 'members') return 'member';
  if (area === 'data-tables') return 'table';
  const prefix = /^([a-z]+)_[\w-]+$/.exec(target)?.[1] ?? '';
  return Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix] : undefined;
}

/** What it was done to. */
export function TargetName({ action, target }: { action: string; target: string }) {
  return <NameOf kind={kindOf(action, target)} id={target} />;
}

/** What was done, in words, and as the log names it. */
export function ActionName({ action, count }: { action: string; count: number | undefined }) {
  const { audit } = useSettingsTexts();
  const { data: api } = useQuery(openApiQuery);
  const operationText = useOperation();
  const summary = Object.values(api?.paths ?? {})
    .flatMap((methods) => Object.values(methods))
    .find(({ operationId }) => operationId === action)?.summary;
  const own = Object.hasOwn(audit.actions, action) ? audit.actions[action] : undefined;
  const { text, lang } =
    own === undefined && summary !== undefined ? operationText(action, summary) : { text: own ?? '', lang: undefined };
  return (
    <span className="flex min-w-0 flex-col">
      {/* what an operation promises besides stands after a semicolon */}
      {text === '' ? null : <span lang={lang}>{text.split(';')[0]}</span>}
      <code className="font-mono text-xs font-normal text-soft select-all">
        {action}
        {count === undefined ? '' : ` ×${count}`}
      </code>
    </span>
  );
}
