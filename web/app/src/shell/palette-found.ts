import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { endpointsOf } from '../../../areas/developers/operations.ts';
import { openApiQuery } from '../../../areas/settings/schema/openapi.ts';
import { placesQuery, tagsQuery } from '../../../areas/workflows/queries.ts';
import { useNames } from '../../../data/use-names.ts';
import { useClient } from '../../../session/session.tsx';
import { useTexts, useTextsOf } from '../../../text/index.tsx';
import { useOperation } from '../../../text/use-operation.ts';
import type { Entry } from './palette-entries.ts';
import { paletteTexts } from './palette-texts.ts';

const PAUSE_MS = 250;
/** How many of a kind are offered before anything is typed, and after. */
const NEWEST = 5;
const FOUND = 12;

/** Whether every word is somewhere in the text, whatever the order. */
export const hasWords = (text: string, typed: string): boolean =>
  typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));

/** A text once somebody has stopped typing. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** The newest runs, or those whose id, workflow or error has this text; one or two letters ask for nothing else. */
export function useFoundRuns(typed: string): Entry[] {
  const client = useClient();
  const { runs: texts } = useTexts();
  const settled = useSettled(typed.trim());
  const wanted = settled.length > 2 ? settled : '';
  const { data } = useQuery({
    queryKey: ['runs', 'palette', wanted],
    queryFn: async ({ signal }) => {
      const query = wanted === '' ? { limit: NEWEST } : { text: wanted, limit: FOUND };
      return { ...(await client.call('GET /v1/runs', { query }, { signal })), wanted };
    },
    // what is found already can be taken while more is looked for
    placeholderData: keepPreviousData,
  });
  const named = useNames('workflow')?.names;
  return (data?.runs ?? []).map(({ id, workflow, status, error }) => ({
    id,
    text: [named?.get(workflow) ?? workflow, error?.message ?? id].join(': '),
    kind: `${texts.run} · ${texts.statuses[status]}`,
    words: `${id} ${data?.wanted ?? ''}`,
    to: `/runs/${id}`,
  }));
}

/** The workflows that changed last, or those of this name. */
export function useFoundWorkflows(typed: string): Entry[] {
  const texts = useTexts();
  const known = useNames('workflow')?.names ?? [];
  const wanted = typed.trim();
  return [...known]
    .filter(([id, name]) => hasWords(`${name} ${texts.runs.workflow} ${id}`, wanted))
    .slice(0, wanted === '' ? NEWEST : FOUND)
    .map(([id, name]) => ({
      id,
      text: name === '' ? texts.workflows.untitled : name,
      kind: texts.runs.workflow,
      words: id,
      to: `/workflows/${id}`,
    }));
}

/** The way to all runs of a workflow, by its name: the server looks for text in ids and errors of runs alone. */
export function useRunsOfFound(typed: string): Entry[] {
  const texts = useTexts();
  const own = useTextsOf(paletteTexts);
  const known = useNames('workflow')?.names ?? [];
  const wanted = typed.trim();
  if (wanted === '') return [];
  return [...known]
    .map(([id, name]) => ({
      id: `runs-of ${id}`,
      text: own.runsOf(name === '' ? texts.workflows.untitled : name),
      kind: texts.runs.title,
      words: id,
      to: `/runs?workflow=${id}`,
    }))
    .filter(({ text, kind, words }) => hasWords(`${text} ${kind} ${words}`, wanted))
    .slice(0, NEWEST);
}

/** Where workflows lie and what they are tagged with: each opens the list narrowed to it. */
export function useFoundPlaces(): Entry[] {
  const own = useTextsOf(paletteTexts);
  const client = useClient();
  const { data: places = [] } = useQuery(placesQuery(client));
  const { data: tagged } = useQuery(tagsQuery(client));
  return [
    ...places.map(({ id, path }) => ({
      id,
      text: path.join(' / '),
      kind: own.place,
      to: `/workflows?place=${encodeURIComponent(id)}`,
    })),
    ...(tagged?.tags ?? []).map(({ tag }) => ({
      id: `tag ${tag}`,
      text: tag,
      kind: own.tag,
      to: `/workflows?tag=${encodeURIComponent(tag)}`,
    })),
  ];
}

/** Endpoints of the API, by what they do or their address. */
export function useFoundEndpoints(typed: string): Entry[] {
  const operationText = useOperation();
  const own = useTextsOf(paletteTexts);
  const wanted = typed.trim();
  const { data } = useQuery({ ...openApiQuery, enabled: wanted.length > 2 });
  if (!data || wanted.length < 3) return [];
  return [...endpointsOf(data).values()]
    .flat()
    .map(({ id, method, path, operation }) => ({
      id: `endpoint ${id}`,
      text: operationText(id, operation.summary).text,
      kind: own.endpoint,
      words: `${method} ${path} ${operation.summary}`,
      to: `/developers/${id}`,
    }))
    .filter(({ text, kind, words }) => hasWords(`${text} ${kind} ${words}`, wanted))
    .slice(0, FOUND);
}

/** What can be done where one is: the workflow or the run that is open. */
export function useHere(): Entry[] {
  const texts = useTexts();
  const own = useTextsOf(paletteTexts);
  const known = useNames('workflow');
  const [, area, id] = useLocation({ select: ({ pathname }) => pathname }).split('/');
  const kind = texts.palette.action;
  if (area === 'runs' && id?.startsWith('run_')) {
    return [{ id: 'compare', text: own.compare, kind, to: `/runs/${id}/compare` }];
  }
  const name = area === 'workflows' && id ? known?.names.get(id) : undefined;
  return name === undefined
    ? []
    : [
        { id: 'versions', text: own.versionsOf(name), kind, to: `/workflows/${id}/versions` },
        { id: 'runs-of', text: own.runsOf(name), kind, to: `/runs?workflow=${id}` },
      ];
}
