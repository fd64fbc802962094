import { ChangeCredential } from '../../credentials/change-credential.tsx';
import { NewCredential } from '../../credentials/new-credential.tsx';
import type { Credential } from '../../credentials/queries.ts';
import type { TEXTS } from '../../credentials/texts.ts';
import { TypeTitle } from '../../credentials/type-title.tsx';
import { Badge } from '../../../ui/surface.tsx';
import { Ago } from '../../../ui/time.tsx';
import type { Texts } from '../../../text/en.ts';
import type { SettingsTexts } from '../text/index.ts';
import { type Collection, rowsOf } from './collection.ts';

const TONES = { ready: 'good', unfinished: 'wait', reconnect: 'bad' } as const;

/** Credentials: made and changed in the dialog that steps of a workflow open as well. */
export const credentials = (
  texts: SettingsTexts,
  words: (typeof TEXTS)['en'],
  { panel }: Pick<Texts, 'panel'>,
): Collection<Credential> => ({
  id: 'credentials',
  title: texts.credentials.title,
  lead: texts.credentials.lead,
  list: 'GET /v1/credentials',
  rows: rowsOf('GET /v1/credentials', 'credentials'),
  keyOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  params: ({ id }) => ({ id }),
  columns: [
    { id: 'name', title: words.name, isHead: true, className: 'break-words', cell: ({ name }) => name },
    { id: 'type', title: words.type, cell: ({ type }) => <TypeTitle type={type} /> },
    {
      id: 'domains',
      title: panel.domains,
      className: 'break-words',
      cell: ({ domains }) => (domains.length === 0 ? words.anywhere : domains.join(', ')),
    },
    {
      id: 'sharing',
      title: words.sharedWith,
      cell: ({ sharing: { users, roles, projects } }) => {
        const count = users.length + roles.length + projects.length;
        return count === 0 ? words.everybody : words.some(count);
      },
    },
    {
      id: 'state',
      title: words.state,
      cell: ({ state }) => <Badge tone={TONES[state]}>{words.states[state]}</Badge>,
    },
    { id: 'at', title: words.changed, cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
  ],
  create: { key: 'POST /v1/credentials', text: texts.credentials.create, by: NewCredential, isGranted: true },
  change: { key: 'PUT /v1/credentials/{id}', valueOf: () => ({}), by: ChangeCredential },
  remove: { key: 'DELETE /v1/credentials/{id}' },
});
