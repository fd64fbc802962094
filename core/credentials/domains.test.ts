import { describe, it } from 'vitest';
import { mayGoTo, readDomain } from './domains.ts';

const at = (host: string, port = 443) => ({ host, port });

describe('[CRD6] domains a credential is bound to', () => {
  it('compare whole labels', ({ expect }) => {
    const bound = ['example.com'];
    expect(mayGoTo(bound, at('example.com'))).toBe(true);
    expect(mayGoTo(bound, at('EXAMPLE.com.'))).toBe(true);
    for (const host of ['evil-example.com', 'example.com.evil', 'sub.example.com', 'example.co', 'com', '']) {
      expect(mayGoTo(bound, at(host)), host).toBe(false);
    }
  });

  it('take a star for subdomains only', ({ expect }) => {
    expect(mayGoTo(['*.example.com'], at('a.b.example.com'))).toBe(true);
    expect(mayGoTo(['*.example.com'], at('example.com'))).toBe(false);
    expect(mayGoTo(['*.example.com'], at('evilexample.com'))).toBe(false);
    expect(mayGoTo(['*.example.com'], at('.example.com'))).toBe(false);
  });

  it('hold to a port when one is named, and bind nothing when empty', ({ expect }) => {
    expect(mayGoTo(['example.com:8443'], at('example.com', 8443))).toBe(true);
    expect(mayGoTo(['example.com:8443'], at('example.com', 443))).toBe(false);
    expect(mayGoTo(['[::1]:25'], at('::1', 25))).toBe(true);
    expect(mayGoTo([], at('anything.example'))).toBe(true);
  });

  it('are refused when they are none', ({ expect }) => {
    expect(readDomain(' API.Example.com. ')).toBe('api.example.com');
    expect(readDomain('*.xn--bcher-kva.example:8080')).toBe('*.xn--bcher-kva.example:8080');
    for (const text of ['*', '*.', 'a.*.com', 'http://a.com', 'a.com/x', 'user@a.com', 'a b', '', 'bücher.example']) {
      expect(readDomain(text), text).toBeUndefined();
    }
  });
});
