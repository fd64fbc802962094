import { type Html, markup } from './html.ts';

/** A time, of epoch milliseconds, to the minute: whoever looks may be anywhere, so in UTC. */
export function moment(atMs: number): Html {
  const at = new Date(atMs).toISOString();
  return markup`<time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time>`;
}
