import { describe, it } from 'vitest';
import { mayGoTo } from '../../../core/credentials/domains.ts';
import { checkTarget } from '../../../workers/executor/egress/policy.ts';

/** Found by attack group A9: these left the policy and met only the network. */
describe('[EGR3] names that are none, or of a cluster', () => {
  it('are refused before anything is asked', ({ expect }) => {
    const policy = { allow: [], deny: [] };
    for (const host of [
      'kubernetes.default.svc',
      'vault.service.consul',
      '*.shop.example',
      'a$b.example',
      "a'b.example",
    ]) {
      expect(() => checkTarget(`https://${host}/`, policy), host).toThrow();
    }
    expect(checkTarget('https://svc.example.com/', policy).host).toBe('svc.example.com');
    expect(checkTarget('https://a_b.example.com/', policy).host).toBe('a_b.example.com');
  });

  it('[CRD6] a star in an address is no subdomain', ({ expect }) => {
    expect(mayGoTo(['*.shop.example'], { host: '*.shop.example', port: 443 })).toBe(false);
  });
});
