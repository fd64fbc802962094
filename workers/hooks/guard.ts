import type { HookRoute } from '../../durable-objects/tenant/protocol.ts';
import { addressText, inCidr, parseAddress } from '../executor/egress/address.ts';
import { callerOf, type CallerEnv } from './caller.ts';
import { problemsOf } from '../kit/problem.ts';

const problem = problemsOf({
  'hook-refused': { status: 403, title: 'This webhook does not take calls from you' },
});

/** Crawlers, link previews and monitors by how they name themselves. */
const BOT =
  /bot\b|bot[/;_-]|crawl|spider|slurp|preview|facebookexternalhit|facebookcatalog|whatsapp|telegram|skypeuri|embedly|quora link|pinterest|vkshare|w3c_validator|lighthouse|headlesschrome|archiver|mediapartners|feedfetcher|google-inspectiontool|bingpreview|yandex|baidu|duckduck|ia_archiver|curl-scan|pingdom|uptime/i;

/** Refuses who may not call, before anything is read or started. */
export function guard(request: Request, { guard: rules }: Pick<HookRoute, 'guard'>, env: CallerEnv): void {
  if (!rules) return;
  if (rules.ignoresBots && isBot(request.headers.get('user-agent'))) {
    throw problem('hook-refused', { detail: 'Bots are ignored here.' });
  }
  if (!rules.addresses) return;
  const caller = callerOf(request, env);
  if (caller === undefined) {
    throw problem('hook-refused', {
      detail: 'The node takes calls of some addresses only, and this server cannot tell who is calling.',
      hint: 'Let a proxy in front of it check addresses, and leave "Allowed addresses" of the node empty.',
    });
  }
  if (!isListed(caller, rules.addresses)) {
    throw problem('hook-refused', {
      detail: 'Your address is not among those that may call.',
      hint: 'Add it to "Allowed addresses" of the webhook node and publish again.',
    });
  }
}

const isBot = (agent: string | null): boolean => agent !== null && BOT.test(agent);

function isListed(caller: string, listed: readonly string[]): boolean {
  // An IPv4 caller on a socket of both families.
  const address = parseAddress(caller.replace(/^::ffff:(?=\d+\.)/i, ''));
  if (!address) return false;
  return listed.some((entry) => {
    if (entry.includes('/')) return inCidr(address, entry);
    const one = parseAddress(entry);
    return one !== undefined && addressText(one) === addressText(address);
  });
}
