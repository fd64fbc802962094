import { SamlIdp, IDP_ISSUER } from '../../../harness/saml-idp.ts';
import { SsoBrowser } from '../../../harness/sso.ts';
import { assertionXml, makeKeys, responseXml, sign } from '../../../../workers/saml/testing.ts';
import type { ResponseInit } from '../../../../workers/saml/testing.ts';
import { wrapped } from '../../../../workers/saml/wrapping.ts';
import type { Server } from '../../../served/server.ts';
import { BlindOracle } from '../../group.ts';
import { slug, type Trial } from '../../trial.ts';

const ADA = 'ada@example.com';

/** Forged, moved and old responses: whoever is signed in by one got in. */
export async function saml(server: Server, trial: Trial): Promise<void> {
  const idp = await SamlIdp.connect(server);
  const other = await SamlIdp.connect(server);
  const strangers = await makeKeys();

  const give = async (xml: (place: ResponseInit) => string): Promise<string | undefined> => {
    const browser = new SsoBrowser(server);
    const { request, relayState } = await idp.begin(browser);
    const response = await idp.give(browser, xml({ request, issuer: IDP_ISSUER, ...idp.place }), relayState);
    if (response.status >= 500) return `answered ${response.status}`;
    return browser.isSignedIn ? `signed in as ${String(await browser.role())}` : undefined;
  };
  if ((await give((place) => idp.response({ ...place, nameId: ADA }))) === undefined) {
    throw new BlindOracle('SAML signs nobody in');
  }

  const whole = (place: ResponseInit) => idp.response({ ...place, nameId: ADA });
  const names = wrapped(
    whole({ request: '_r' }),
    sign(responseXml(assertionXml({}), {}), idp.keys, { of: 'Response' }),
  ).map(([name]) => name);
  for (const name of names) {
    await trial.attempt(`A10/saml-${slug(name)}`, `a wrapped signature: ${name}`, () =>
      give((place) => {
        const init = { ...place, nameId: ADA };
        const response = sign(responseXml(assertionXml(init), init), idp.keys, { of: 'Response' });
        return wrapped(whole(place), response).find(([each]) => each === name)?.[1] ?? '';
      }),
    );
  }
  const evil = (place: ResponseInit) => ({ ...place, nameId: 'root@example.com' });
  const cases: [string, (place: ResponseInit) => string][] = [
    ['unsigned', (place) => responseXml(assertionXml(evil(place)), place)],
    ['signed by a stranger', (place) => sign(responseXml(assertionXml(evil(place)), place), strangers)],
    ['signed by another connection', (place) => sign(responseXml(assertionXml(evil(place)), place), other.keys)],
    [
      'a stranger’s certificate inside',
      (place) =>
        sign(responseXml(assertionXml(evil(place)), place), strangers).replace(
          '</SignatureValue>',
          `</SignatureValue><KeyInfo><X509Data><X509Certificate>${strangers.publicKey.replaceAll(/-----.*-----|\n/g, '')}</X509Certificate></X509Data></KeyInfo>`,
        ),
    ],
    [
      'hmac with the public key',
      (place) =>
        sign(
          responseXml(assertionXml(evil(place)), place),
          { ...idp.keys, privateKey: idp.keys.publicKey },
          { algorithm: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1' },
        ),
    ],
    [
      'sha-1',
      (place) =>
        sign(responseXml(assertionXml(evil(place)), place), idp.keys, {
          algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
          digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
        }),
    ],
    [
      'comment in the name',
      (place) =>
        idp
          .response({ ...place, nameId: 'root@example.com.evil.example' })
          .replace('root@example.com.evil', 'root@example.com<!---->.evil'),
    ],
    ['changed name', (place) => whole(place).replace(ADA, 'root@example.com')],
    [
      'external entity',
      (place) => `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${whole(place).replace(ADA, '&x;')}`,
    ],
    [
      'entity expansion',
      (place) =>
        `<!DOCTYPE r [<!ENTITY a "${'a'.repeat(1_000)}"><!ENTITY b "${'&a;'.repeat(1_000)}">]>${whole(place).replace(ADA, '&b;')}`,
    ],
    ['another audience', (place) => idp.response({ ...place, nameId: ADA, audience: other.place.audience })],
    ['another recipient', (place) => idp.response({ ...place, nameId: ADA, recipient: other.place.recipient })],
    ['another request', (place) => idp.response({ ...place, nameId: ADA, request: '_somebody-elses' })],
    ['no request', (place) => idp.response({ ...place, nameId: ADA, request: null })],
    ['expired', (place) => idp.response({ ...place, nameId: ADA, until: -120_000 })],
    ['from tomorrow', (place) => idp.response({ ...place, nameId: ADA, from: 86_400_000, until: 90_000_000 })],
    ['another issuer', (place) => idp.response({ ...place, nameId: ADA, issuer: 'https://evil.example/' })],
    ['address of another domain', (place) => idp.response({ ...place, nameId: 'root@elsewhere.example' })],
    ['address with two at signs', (place) => idp.response({ ...place, nameId: 'root@elsewhere.example@example.com' })],
    ['address of a subdomain', (place) => idp.response({ ...place, nameId: 'root@sub.example.com' })],
    [
      'address with a line break',
      (place) => idp.response({ ...place, nameId: 'root@elsewhere.example&#10;@example.com' }),
    ],
    ['status refused', (place) => idp.response({ ...place, nameId: ADA, status: 'Responder' })],
    [
      'deep',
      (place) =>
        whole(place).replace('<samlp:Status>', `${'<x>'.repeat(20_000)}${'</x>'.repeat(20_000)}<samlp:Status>`),
    ],
    ['large', (place) => whole(place).replace('<samlp:Status>', `<x>${'x'.repeat(400_000)}</x><samlp:Status>`)],
    [
      'many attributes',
      (place) =>
        whole(place).replace(
          '<samlp:Status>',
          `<x ${Array.from({ length: 5_000 }, (_, at) => `a${at}="1"`).join(' ')}/><samlp:Status>`,
        ),
    ],
    ['nothing', () => ''],
    ['binary', () => '\u0000\u0001\u0002'],
  ];
  for (const [name, xml] of cases) {
    await trial.attempt(`A10/saml-${slug(name)}`, `a response: ${name}`, () => give(xml));
  }

  await trial.attempt('A10/saml-replay', 'an assertion that was used, for a new request', async () => {
    const first = new SsoBrowser(server);
    const begun = await idp.begin(first);
    const xml = idp.response({ request: begun.request, nameId: ADA });
    await idp.give(first, xml, begun.relayState);
    const second = new SsoBrowser(server);
    const { relayState } = await idp.begin(second);
    await idp.give(second, xml, relayState);
    await idp.give(second, xml, begun.relayState);
    return second.isSignedIn ? 'signed in twice' : undefined;
  });
  await trial.attempt('A10/saml-login-csrf', 'a victim’s browser ends a sign-in that an attacker began', async () => {
    const attacker = new SsoBrowser(server);
    const { request, relayState } = await idp.begin(attacker);
    const victim = new SsoBrowser(server);
    await idp.begin(victim);
    await idp.give(victim, idp.response({ request, nameId: ADA }), relayState);
    return victim.isSignedIn ? 'the victim is signed in as the attacker' : undefined;
  });
  for (const to of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/%0d%0aset-cookie:x=1',
    '/\t/evil.example',
    '///evil.example',
    '/.//evil.example',
  ]) {
    await trial.attempt(`A10/return-to-${slug(to)}-${to.length}`, `a sign-in that ends at ${to}`, async () => {
      const browser = new SsoBrowser(server);
      const begun = await browser.go(`${idp.base}/start?returnTo=${encodeURIComponent(to)}`);
      const url = new URL(begun.headers.get('location') ?? '');
      const { inflateRawSync } = await import('node:zlib');
      const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
      const request = / ID="([^"]+)"/.exec(xml)?.[1] ?? '';
      const done = await idp.give(
        browser,
        idp.response({ request, nameId: ADA }),
        url.searchParams.get('RelayState') ?? '',
      );
      const location = done.headers.get('location');
      if (location === null || done.headers.get('set-cookie')?.includes('x=1')) return `answered ${done.status}`;
      return new URL(location, server.ready.url).origin === server.ready.url ? undefined : `sent to ${location}`;
    });
  }
}
