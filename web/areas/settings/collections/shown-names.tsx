import { NameOf } from '../../../data/name-of.tsx';
import { useNames } from '../../../data/use-names.ts';
import { useRoleName } from '../../../text/roles.ts';

/** `member/ID`, `key/ID` or `service/ID`, as records hold who did something. */
export function By({ by }: { by: string }) {
  const at = by.search(/[/:]/);
  const kind = by.slice(0, Math.max(at, 0));
  const known = kind === 'member' || kind === 'key' || kind === 'service' ? kind : undefined;
  return <NameOf kind={known} id={by.slice(at + 1)} />;
}

/** A role as its list calls it: own roles have ids that nobody knows. */
export function RoleName({ role }: { role: string }) {
  return useRoleName()(role, useNames('role')?.names.get(role));
}
