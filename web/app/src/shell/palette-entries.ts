import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { SECTIONS } from '../../../areas/settings/sections.ts';
import { useSettingsTexts } from '../../../areas/settings/text/index.ts';
import { environmentsQuery, workflowsQuery } from '../../../areas/workflows/queries.ts';
import { useEnvironment } from '../../../session/environment.ts';
import { useClient, useHeld, useSession } from '../../../session/session.tsx';
import { LANGUAGE_NAMES, useLanguage, useTexts } from '../../../text/index.tsx';
import { chooseTheme } from '../../../ui/theme.ts';

export interface Entry {
  id: string;
  text: string;
  /** What it is, at the end of its line. */
  kind: string;
  /** Also found by these words. */
  words?: string;
  /** An address, or something to do. */
  to: string | (() => void);
}

const PAUSE_MS = 250;
const FOUND = 6;

/** A text once somebody has stopped typing. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Runs whose id, workflow or error has this text, newest first; nothing is asked for one or two letters. */
function useRunsWith(text: string): Entry[] {
  const client = useClient();
  const { runs: texts } = useTexts();
  const wanted = useSettled(text.trim());
  const { data } = useQuery({
    queryKey: ['runs', 'palette', wanted],
    queryFn: ({ signal }) => client.call('GET /v1/runs', { query: { text: wanted, limit: FOUND } }, { signal }),
    enabled: wanted.length > 2,
  });
  const { data: known } = useQuery(workflowsQuery(client));
  if (wanted.length < 3) return [];
  const named = new Map(known?.workflows.map(({ id, name }) => [id, name]));
  return (data?.runs ?? []).map(({ id, workflow, status, error }) => ({
    id,
    text: [named.get(workflow) ?? workflow, error?.message ?? id].join(': '),
    kind: `${texts.run} · ${texts.statuses[status]}`,
    words: `${id} ${wanted}`,
    to: `/runs/${id}`,
  }));
}

/** Everything reachable by typing: pages, settings, actions, organisations, environments, workflows, and runs by their text. */
export function usePaletteEntries(typed: string, onCreate: () => void): Entry[] {
  const texts = useTexts();
  const { palette, nav } = texts;
  const settings = useSettingsTexts();
  const client = useClient();
  const router = useRouter();
  const { language, choose: chooseLanguage } = useLanguage();
  const { account, tenant } = useSession();
  const { choose, signOut } = useHeld();
  const { environment, choose: chooseEnvironment } = useEnvironment();
  const { data } = useQuery(workflowsQuery(client));
  const { data: places } = useQuery(environmentsQuery(client));
  const runs = useRunsWith(typed);
  const page = (id: string, text: string, to: string): Entry => ({ id, text, kind: palette.page, to });
  const action = (id: string, text: string, to: Entry['to'], words = ''): Entry => ({
    id,
    text,
    kind: palette.action,
    words,
    to,
  });
  return [
    page('workflows', nav.workflows, '/workflows'),
    page('runs', nav.runs, '/runs'),
    page('inbox', palette.inbox, '/runs/inbox'),
    page('notices', nav.notices, '/notices'),
    page('settings', nav.settings, '/settings'),
    page('developers', nav.developers, '/developers'),
    page('account', nav.account, '/account'),
    page('design', nav.design, '/design'),
    action('new', texts.workflows.create, onCreate),
    action('import', palette.importWorkflow, '/workflows?import=1', 'n8n make zapier curl'),
    action('templates', palette.templates, '/workflows?templates=1'),
    ...SECTIONS.map(({ id }) => ({
      id: `settings-${id}`,
      text: settings.pages[id] ?? id,
      kind: nav.settings,
      words: settings.keywords[id] ?? '',
      to: `/settings/${id}`,
    })),
    ...(data?.workflows ?? []).map(({ id, name }) => ({
      id,
      text: name,
      kind: texts.runs.workflow,
      words: id,
      to: `/workflows/${id}`,
    })),
    ...runs,
    ...(account?.organizations ?? [])
      .filter(({ id }) => id !== tenant)
      .map(({ id, name }) => ({
        id: `organization-${id}`,
        text: name,
        kind: nav.organization,
        words: id,
        to: () => {
          router.history.replace('/workflows');
          choose(id);
        },
      })),
    ...(places?.environments ?? [])
      .filter(({ name }) => name !== environment)
      .map(({ name }) => ({
        id: `environment-${name}`,
        text: name,
        kind: nav.environment,
        to: () => chooseEnvironment(name),
      })),
    action('organization', nav.newOrganization, '/organizations/new'),
    ...(['light', 'dark', 'system'] as const).map((theme) =>
      action(`theme-${theme}`, `${palette.theme}: ${texts.theme[theme]}`, () => chooseTheme(theme)),
    ),
    ...Object.entries(LANGUAGE_NAMES)
      .filter(([id]) => id !== language)
      .map(([id, name]) =>
        action(`language-${id}`, `${palette.language}: ${name}`, () => chooseLanguage(id), 'language Sprache'),
      ),
    action('out', texts.actions.signOut, () => {
      router.history.replace('/');
      void signOut();
    }),
  ];
}
