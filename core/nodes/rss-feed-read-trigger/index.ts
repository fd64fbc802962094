import type { Json, JsonObject } from '../../data/item.ts';
import { textOf } from '../../data/text.ts';
import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { continueFeeds, feedUrl, getFeeds } from '../rss-feed-read/fetching.ts';

/** Entries without a date are told apart by their id; feeds show the latest hundred at most. */
const MAX_REMEMBERED = 500;

interface Seen {
  url: string;
  /** Date of the newest entry so far. */
  since: string;
  ids: string[];
}

export const node: NodeType = defineNode({
  type: 'rss-feed-read-trigger',
  title: 'RSS Trigger',
  summary: 'Starts with the new entries of an RSS or Atom feed.',
  group: 'trigger',
  icon: 'rss',
  n8n: { type: 'n8n-nodes-base.rssFeedReadTrigger', versions: [1] },
  version: 1,
  fields: [
    { name: 'feedUrl', label: 'Feed URL', type: 'string', required: true, default: '' },
    {
      name: 'pollTimes.item',
      label: 'Poll times',
      type: 'collection',
      description:
        'Each has a mode (everyMinute, everyHour, everyDay …) with hour and minute. Every minute by default.',
    },
  ],
  trigger: 'poll',
  inputs: 0,
  usesSecrets: () => true,
  compile(kit) {
    const url = kit.param<Json>('feedUrl', '');
    return {
      outputs: 1,
      run(step) {
        // A test run from the editor brings its own items.
        if (step.items.some(({ json }) => Object.keys(json).length > 0)) {
          return { kind: 'output', outputs: [step.items] };
        }
        const wish = { itemIndex: 0, url: feedUrl(url.at(step.scope(0)), 0), customFields: [] };
        return getFeeds(step, [wish], []);
      },
      resume(step, wake) {
        const next = continueFeeds(step, wake);
        if (!Array.isArray(next)) return next;
        const [result] = next;
        if (!result?.ok) {
          throw new NodeError(result?.error.code ?? 'no-feed', result?.error.message ?? 'The feed gave nothing.');
        }
        const entries = result.items.map(({ json }) => json);
        // Trying it out shows the newest entry, and changes nothing.
        if (step.execution.mode === 'manual') {
          return { kind: 'output', outputs: [entries.slice(0, 1).map((json) => ({ json }))] };
        }
        const here = feedUrl(url.at(step.scope(0)), 0);
        const before = seenBefore(step.kept('node'), here);
        const since = before?.since ?? new Date(step.nowMs).toISOString();
        const known = new Set(before?.ids);
        const fresh = entries.filter((entry) => {
          const date = dateOf(entry);
          if (date !== '') return date > since;
          return before !== undefined && !known.has(idOf(entry));
        });
        const dates = entries.map(dateOf).filter(Boolean);
        const newest = dates.reduce((latest, date) => (date > latest ? date : latest), since);
        const undated = entries.filter((entry) => dateOf(entry) === '').map(idOf);
        const ids = [...new Set([...undated, ...known])].slice(0, MAX_REMEMBERED);
        const keep = { node: { url: here, since: newest, ids } satisfies Seen as unknown as JsonObject };
        return { kind: 'output', outputs: [fresh.map((json) => ({ json }))], keep };
      },
    };
  },
});

/** ISO in UTC: these compare as text. */
const dateOf = (entry: JsonObject): string => (typeof entry['isoDate'] === 'string' ? entry['isoDate'] : '');

const idOf = (entry: JsonObject): string =>
  textOf(entry['guid'] ?? entry['id'] ?? entry['link'] ?? entry['title']).slice(0, 500);

function seenBefore(kept: JsonObject, url: string): Seen | undefined {
  return kept['url'] === url && Array.isArray(kept['ids']) ? (kept as unknown as Seen) : undefined;
}
