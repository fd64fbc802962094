import type { JsonObject } from '../../data/item.ts';
import type { CompileKit, Field } from '../../node/kit.ts';

/** The permission to send requests: ours, n8n's nodes always have it. */
export const NETWORK_FIELD: Field = {
  name: 'options.network',
  label: 'Network',
  type: 'boolean',
  default: false,
  description:
    'Lets JavaScript send requests: `fetch` and `this.helpers.httpRequest`. They follow the same rules as HTTP Request.',
};

export const mayReachNetwork = (kit: CompileKit): boolean => kit.raw('options.network') === true;

/** The same of a node's parameters. */
export const asksNetwork = ({ options }: JsonObject): boolean =>
  typeof options === 'object' && options !== null && !Array.isArray(options) && options['network'] === true;
