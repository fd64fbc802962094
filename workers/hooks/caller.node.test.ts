import { describe, it } from 'vitest';
import type { Env } from '../env.ts';
import { callerOf } from './caller.ts';

const launcher = (TRUSTED_PROXIES = ''): Pick<Env, 'EGRESS_PUBLIC' | 'TRUSTED_PROXIES'> => ({
  EGRESS_PUBLIC: {} as Env['EGRESS_PUBLIC'] & object,
  TRUSTED_PROXIES,
});
const from = (clientIp: string | undefined, headers: Record<string, string> = {}): Request =>
  Object.assign(new Request('http://x/', { headers }), {
    cf: clientIp === undefined ? undefined : { clientIp },
  }) as unknown as Request;

describe('[HOOK16] who calls', () => {
  it('is who is connected, whatever headers say', ({ expect }) => {
    const lies = {
      'x-forwarded-for': '10.0.0.1',
      'cf-connecting-ip': '10.0.0.1',
      'x-real-ip': '10.0.0.1',
      forwarded: 'for=10.0.0.1',
    };
    expect(callerOf(from('1.2.3.4:5000', lies), launcher())).toBe('1.2.3.4');
    expect(callerOf(from('[2001:db8::1]:5000', lies), launcher())).toBe('2001:db8:0:0:0:0:0:1');
    expect(callerOf(from('[::ffff:1.2.3.4]:5000', lies), launcher())).toBe('1.2.3.4');
    expect(callerOf(from(undefined, lies), launcher())).toBeUndefined();
    expect(callerOf(from('unix:/x', lies), launcher())).toBeUndefined();
  });

  it('is what trusted proxies saw, up to the first stranger from the right', ({ expect }) => {
    const env = launcher('127.0.0.1/32,10.1.0.0/16');
    const seen = (forwarded: string, peer = '127.0.0.1:1') =>
      callerOf(from(peer, { 'x-forwarded-for': forwarded }), env);
    expect(seen('1.2.3.4')).toBe('1.2.3.4');
    expect(seen('9.9.9.9, 1.2.3.4')).toBe('1.2.3.4');
    expect(seen('9.9.9.9, 1.2.3.4, 10.1.2.3')).toBe('1.2.3.4');
    expect(seen('1.2.3.4:80')).toBe('1.2.3.4');
    expect(seen('2001:db8::1')).toBe('2001:db8:0:0:0:0:0:1');
    expect(seen('1.2.3.4, junk')).toBe('127.0.0.1');
    expect(seen('1.2.3.4', '5.6.7.8:1')).toBe('5.6.7.8');
    expect(seen('')).toBe('127.0.0.1');
  });

  it('is the edge’s word on Cloudflare', ({ expect }) => {
    expect(callerOf(from('9.9.9.9:1', { 'cf-connecting-ip': '1.2.3.4' }), {})).toBe('1.2.3.4');
  });
});
