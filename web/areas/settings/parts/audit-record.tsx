import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { OutputOf } from '../../../../sdk/client/index.ts';
import { useLanguage, useTexts } from '../../../text/index.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Menu } from '../../../ui/menu.tsx';
import type { SettingsSearch } from '../search.ts';
import { useSettingsTexts } from '../text/index.ts';
import { ActionName, ActorName, TargetName } from './audit-names.tsx';

export type AuditRecord = OutputOf<'GET /v1/audit'>['records'][number];

interface RecordButtonsProps {
  record: AuditRecord;
  onSearch: (search: SettingsSearch) => void;
}

/** All that a record holds, and the way to others like it. */
export function RecordButtons({ record, onSearch }: RecordButtonsProps) {
  const { audit: texts, actionsFor } = useSettingsTexts();
  const { actions } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const { seq, actor, action, target, requestId } = record;
  const name = actionsFor(`${action} ${seq}`);
  return (
    <div className="flex justify-end">
      <Menu
        label={name}
        entries={[
          { id: 'details', text: texts.details, onAction: () => setOpen(true) },
          { id: 'actor', text: texts.sameActor, onAction: () => onSearch({ actor: actor.id, all: true }) },
          ...(target === undefined
            ? []
            : [{ id: 'target', text: texts.sameTarget, onAction: () => onSearch({ target, all: true }) }]),
          { id: 'request', text: texts.sameRequest, onAction: () => onSearch({ request: requestId, all: true }) },
        ]}
        trigger={
          <Button square look="quiet" aria-label={name}>
            <Icon name="more" />
          </Button>
        }
      />
      {isOpen ? (
        <Dialog title={action} closeLabel={actions.close} isOpen onClose={() => setOpen(false)} wide>
          <Facts record={record} />
        </Dialog>
      ) : null}
    </div>
  );
}

function Facts({ record }: { record: AuditRecord }) {
  const { audit: texts } = useSettingsTexts();
  const { locale, zone } = useLanguage();
  const { seq, at, action, actor, target, run, outcome, status, requestId, count, before, after, prev, hash } = record;
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', timeZone: zone });
  const facts: readonly (readonly [string, ReactNode])[] = [
    [texts.when, moment.format(at)],
    [texts.action, <ActionName action={action} count={undefined} />],
    [texts.actor, <ActorName actor={actor} />],
    [texts.target, target === undefined ? undefined : <TargetName action={action} target={target} />],
    [
      texts.run,
      run === undefined ? undefined : (
        <Link
          to="/runs/$id"
          params={{ id: run }}
          search={{}}
          className="text-accent underline-offset-2 hover:underline"
        >
          {run}
        </Link>
      ),
    ],
    [texts.outcome, `${texts.outcomes[outcome]} ${status}`],
    [texts.times, count],
    [texts.request, requestId],
    [texts.position, seq],
    [texts.before, before],
    [texts.after, after],
    [texts.prev, prev],
    [texts.hash, hash],
  ];
  return (
    <>
      <p className="text-sm text-soft">{texts.factsLead}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd className="font-mono text-xs leading-5 break-all select-all">{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}
