import type { ExecutorEnv } from '../ports.ts';
import { EgressError } from './error.ts';
import type { EgressPorts } from './fetch.ts';

/** workerd tells its reason to its log only, for a name that does not exist as for an address that is refused. */
const UNSAID = /^internal error; reference = (\w+)/;

/**
 * The platform's way out. workerd has no resolver to ask, so where the launcher gives networks they are the second
 * wall: `EGRESS_PUBLIC` refuses private addresses after its own resolution, which also ends DNS rebinding. Without
 * them (Cloudflare) private networks are not reachable from a Worker in the first place.
 */
export function networkPorts(
  env: Pick<ExecutorEnv, 'EGRESS_PUBLIC' | 'EGRESS_LISTED'>,
  platformFetch: typeof fetch = (input, init) => fetch(input, init),
): EgressPorts {
  return {
    async connect({ listed, host, port }, tls) {
      const network = listed ? env.EGRESS_LISTED : env.EGRESS_PUBLIC;
      const address = { hostname: host, port };
      const options = { secureTransport: tls, allowHalfOpen: false };
      if (network) return network.connect(address, options);
      // Only workerd has this module; what runs elsewhere brings its own ports.
      const { connect } = await import('cloudflare:sockets');
      return connect(address, options);
    },
    async fetch({ listed }, url, init) {
      const network = listed ? env.EGRESS_LISTED : env.EGRESS_PUBLIC;
      if (!network) return platformFetch(url, init);
      try {
        return await network.fetch(url, init);
      } catch (error) {
        const reference = UNSAID.exec(error instanceof Error ? error.message : '')?.[1];
        if (reference === undefined) throw error;
        throw new EgressError(
          'connect-failed',
          `${new URL(url).hostname} could not be reached: no such name, an address that may not be reached, ` +
            `or a certificate that is not trusted (the server's log says which, under ${reference})`,
          true,
        );
      }
    },
  };
}
