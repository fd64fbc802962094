import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { SECTIONS } from '../../../areas/settings/sections.ts';
import { useSettingsTexts } from '../../../areas/settings/text/index.ts';
import { environmentsQuery } from '../../../areas/workflows/queries.ts';
import { useEnvironment } from '../../../session/environment.ts';
import { useClient, useHeld, useSession } from '../../../session/session.tsx';
import { useChooseLanguage } from '../../../session/language.ts';
import { LANGUAGE_NAMES, useLanguage, useTexts, useTextsOf } from '../../../text/index.tsx';
import { chooseTheme } from '../../../ui/theme.ts';
import {
  useFoundEndpoints,
  useFoundPlaces,
  useFoundRuns,
  useFoundWorkflows,
  useHere,
  useRunsOfFound,
} from './palette-found.ts';
import { paletteTexts } from './palette-texts.ts';

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

interface Deeds {
  onCreate: () => void;
  onShortcuts: () => void;
}

/**
 * Everything reachable by typing: what is open, actions, workflows, runs, pages, settings, projects, tags, endpoints,
 * organisations and environments. Before anything is typed: what somebody likely wants next.
 */
export function usePaletteEntries(typed: string, { onCreate, onShortcuts }: Deeds): Entry[] {
  const texts = useTexts();
  const { palette, nav } = texts;
  const settings = useSettingsTexts();
  const client = useClient();
  const router = useRouter();
  const { language } = useLanguage();
  const chooseLanguage = useChooseLanguage();
  const { account, tenant } = useSession();
  const { choose, signOut } = useHeld();
  const { environment, choose: chooseEnvironment } = useEnvironment();
  const { data: places } = useQuery(environmentsQuery(client));
  const own = useTextsOf(paletteTexts);
  const runs = useFoundRuns(typed);
  const workflows = useFoundWorkflows(typed);
  const runsOf = useRunsOfFound(typed);
  const folders = useFoundPlaces();
  const endpoints = useFoundEndpoints(typed);
  const here = useHere();
  const page = (id: string, text: string, to: string): Entry => ({ id, text, kind: palette.page, to });
  const action = (id: string, text: string, to: Entry['to'], words = ''): Entry => ({
    id,
    text,
    kind: palette.action,
    words,
    to,
  });
  return [
    ...here,
    action('new', texts.workflows.create, onCreate),
    action('import', palette.importWorkflow, '/workflows?import=1', 'n8n make zapier curl'),
    action('templates', palette.templates, '/workflows?templates=1', 'templates examples Beispiele'),
    ...workflows,
    ...runs,
    page('workflows', nav.workflows, '/workflows'),
    page('runs', nav.runs, '/runs'),
    page('failed', own.failedRuns, '/runs?status=error'),
    page('live', own.runningRuns, '/runs?status=running'),
    page('inbox', palette.inbox, '/runs/inbox'),
    page('notices', nav.notices, '/notices'),
    page('settings', nav.settings, '/settings'),
    page('developers', nav.developers, '/developers'),
    page('account', nav.account, '/account'),
    page('design', nav.design, '/design'),
    ...SECTIONS.map(({ id }) => ({
      id: `settings-${id}`,
      text: settings.pages[id] ?? id,
      kind: nav.settings,
      words: settings.keywords[id] ?? '',
      to: `/settings/${id}`,
    })),
    ...runsOf.filter(({ to }) => !here.some((entry) => entry.to === to)),
    ...folders,
    ...endpoints,
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
    action('shortcuts', palette.shortcuts, onShortcuts, 'keyboard Tastatur ?'),
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
