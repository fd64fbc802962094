import type { Json } from '../../data/item.ts';
import { type NodeType, NodeError, defineNode } from '../../node/kit.ts';
import { itemsOfResult, type TransformResult } from '../../node/transform.ts';
import { fieldList } from '../field-list.ts';
import { continueFeeds, type FeedWish, feedUrl, getFeeds } from './fetching.ts';

export const node: NodeType = defineNode({
  type: 'rss-feed-read',
  title: 'RSS Read',
  summary: 'Reads the entries of an RSS or Atom feed.',
  group: 'action',
  icon: 'rss',
  n8n: { type: 'n8n-nodes-base.rssFeedRead', versions: [1, 1.1, 1.2] },
  version: 1.2,
  fields: [
    { name: 'url', label: 'URL', type: 'string', required: true, default: '' },
    {
      name: 'options.customFields',
      label: 'More fields',
      type: 'string',
      default: '',
      description: 'Names of other elements of the entries, separated by commas: media:thumbnail, georss:point.',
    },
    {
      name: 'options.ignoreSSL',
      label: 'Ignore SSL issues',
      type: 'boolean',
      default: false,
      description: 'Refused: certificates are always checked.',
    },
  ],
  inputs: 1,
  usesSecrets: () => true,
  compile(kit) {
    const url = kit.param<Json>('url', '');
    const more = kit.param<Json>('options.customFields', '');
    const ignores = kit.param<Json>('options.ignoreSSL', false);
    return {
      outputs: 1,
      run(step) {
        const wishes: FeedWish[] = [];
        const failed: TransformResult[] = [];
        // The first version read one feed, however many items there were.
        const count = kit.node.version < 1.1 ? Math.min(1, step.items.length) : step.items.length;
        for (let itemIndex = 0; itemIndex < count; itemIndex++) {
          const scope = step.scope(itemIndex);
          try {
            if (ignores.at(scope) === true) {
              throw new NodeError('insecure-tls', 'Certificates are always checked; turn "Ignore SSL issues" off.');
            }
            const customFields = fieldList(more.at(scope));
            wishes.push({ itemIndex, url: feedUrl(url.at(scope), itemIndex), customFields });
          } catch (error) {
            if (!step.continueOnFail || !(error instanceof Error)) throw error;
            failed.push({ ok: false, itemIndex, error: { code: 'failed', message: error.message } });
          }
        }
        if (wishes.length === 0) return { kind: 'output', outputs: [failed.flatMap(itemsOfResult)] };
        return getFeeds(step, wishes, failed);
      },
      resume(step, wake) {
        const next = continueFeeds(step, wake);
        return Array.isArray(next) ? { kind: 'output', outputs: [next.flatMap(itemsOfResult)] } : next;
      },
    };
  },
});
