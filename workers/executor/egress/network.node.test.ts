import { describe, it } from 'vitest';
import type { RawSocket } from './connect.ts';
import { networkPorts } from './network.ts';

const socketTo = (name: string) => (): RawSocket => {
  throw new Error(`a socket of ${name}`);
};
const answering = (text: string) => ({
  fetch: () => Promise.resolve(new Response(text)),
  connect: socketTo(text),
});
const failing = (message: string) => ({ fetch: () => Promise.reject(new Error(message)), connect: socketTo(message) });
const URL_ = 'http://names.example/';

describe('networkPorts', () => {
  it('[EGR13] [EGR14] only what the tenant listed takes the network that reaches private addresses', async ({
    expect,
  }) => {
    const networks = { EGRESS_PUBLIC: answering('public'), EGRESS_LISTED: answering('listed') };
    const { fetch, connect } = networkPorts(networks);
    expect(await (await fetch({ listed: false }, URL_, {})).text()).toBe('public');
    expect(await (await fetch({ listed: true }, URL_, {})).text()).toBe('listed');
    const place = { host: 'names.example', port: 25 };
    await expect(connect({ listed: false, ...place }, 'off')).rejects.toThrow('a socket of public');
    await expect(connect({ listed: true, ...place }, 'off')).rejects.toThrow('a socket of listed');
  });

  it('words the failures that workerd keeps to its log, and passes others on', async ({ expect }) => {
    const silent = networkPorts({ EGRESS_PUBLIC: failing('internal error; reference = nfcp6rls') });
    await expect(silent.fetch({ listed: false }, URL_, {})).rejects.toMatchObject({
      code: 'connect-failed',
      retryable: true,
      message: expect.stringMatching(/^names\.example could not be reached: .*under nfcp6rls\)$/) as string,
    });
    const lost = networkPorts({ EGRESS_PUBLIC: failing('Network connection lost.') });
    await expect(lost.fetch({ listed: false }, URL_, {})).rejects.toThrow('Network connection lost.');
  });
});
