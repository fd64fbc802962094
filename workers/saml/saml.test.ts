import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { beforeAll, describe, it } from 'vitest';
import { publicKeyOf } from './certificate.ts';
import { SamlError } from './error.ts';
import { readMetadata } from './metadata.ts';
import { requestUrl, serviceMetadata } from './request.ts';
import { readResponse } from './response.ts';
import type { Expected, SamlLogin } from './response.ts';
import {
  assertionXml,
  AUDIENCE,
  encode,
  ISSUER,
  makeKeys,
  RECIPIENT,
  REQUEST,
  responseXml,
  sign,
  signedResponse,
} from './testing.ts';
import type { IdpKeys, ResponseInit, SignInit } from './testing.ts';
import { wrapped } from './wrapping.ts';
import { descendants } from './xml.ts';

let keys: IdpKeys;
let others: IdpKeys;
beforeAll(async () => {
  [keys, others] = await Promise.all([makeKeys(), makeKeys()]);
});

function read(xml: string, more: Partial<Expected> = {}): SamlLogin {
  const expected = {
    issuer: ISSUER,
    audience: AUDIENCE,
    recipient: RECIPIENT,
    request: REQUEST,
    keys: [keys.publicKey],
    nowMs: Date.now(),
  };
  return readResponse(encode(xml), { ...expected, ...more });
}

function refusal(work: () => unknown): string {
  try {
    return `taken: ${JSON.stringify(work())}`;
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    return error.code;
  }
}

const refused = (xml: string, more: Partial<Expected> = {}): string => refusal(() => read(xml, more));

function signatureHolds(xml: string): boolean {
  const check = new SignedXml({ publicCert: keys.publicKey, getCertFromKeyInfo: () => null });
  const document = new DOMParser({ errorHandler: () => undefined }).parseFromString(xml, 'text/xml');
  const root = document?.documentElement;
  const [signature] = root ? descendants(root).filter((each) => each.localName === 'Signature') : [];
  if (!signature) return false;
  try {
    check.loadSignature(signature);
    return check.checkSignature(xml);
  } catch {
    return false;
  }
}

describe('a SAML response', () => {
  it('[SAM5] that is signed as identity providers do says who signed in', ({ expect }) => {
    const init: ResponseInit = {
      id: '_a1',
      attributes: { email: ['ada@example.com'], groups: ['a &amp; b', 'c'], __proto__x: ['y'] },
    };
    for (const how of [
      {},
      { of: 'Response' as const },
      {
        algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
        digest: 'http://www.w3.org/2001/04/xmlenc#sha512',
      },
    ]) {
      expect(read(signedResponse(keys, init, how))).toMatchObject({
        assertionId: '_a1',
        nameId: 'ada@example.com',
        attributes: [
          ['email', ['ada@example.com']],
          ['groups', ['a & b', 'c']],
          ['__proto__x', ['y']],
        ],
      });
    }
    const both = sign(signedResponse(keys, init), keys, { of: 'Response' });
    expect(read(both).nameId).toBe('ada@example.com');
    expect(read(both, { keys: [others.publicKey, keys.publicKey] }).nameId).toBe('ada@example.com');
  });

  it('[SAM2, SAM3, SAM5] is refused when its signature is wrapped', ({ expect }) => {
    const cases = wrapped(signedResponse(keys), signedResponse(keys, {}, { of: 'Response' }));
    // The attack is real where the signature itself still holds: a reader that looks elsewhere would be fooled.
    const held = cases.filter(([, xml]) => signatureHolds(xml));
    expect(held.length).toBeGreaterThanOrEqual(9);
    for (const [name, xml] of cases) {
      expect(xml.includes('root@example.com'), `${name} is forged`).toBe(true);
      expect(refused(xml), name).toMatch(/^saml-(invalid|untrusted)$/);
    }
  });

  it('[SAM3, SAM4] is refused without a good signature', ({ expect }) => {
    const good = signedResponse(keys);
    const untrusted: [string, string][] = [
      ['none', responseXml(assertionXml())],
      ['another key', signedResponse(others)],
      ['changed', good.replace('>ada@example.com<', '>eve@example.com<')],
      ['changed value', good.replace(/<SignatureValue>..../, '<SignatureValue>AAAA')],
      [
        'sha1',
        signedResponse(
          keys,
          {},
          { algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', digest: 'http://www.w3.org/2000/09/xmldsig#sha1' },
        ),
      ],
      ['sha1 digest', signedResponse(keys, {}, { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' })],
      [
        'hmac with the public key',
        sign(
          responseXml(assertionXml()),
          { ...keys, privateKey: keys.publicKey },
          { algorithm: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1' },
        ),
      ],
      ['none by name', good.replace('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'none')],
      [
        'an algorithm of the prototype',
        good.replace('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'constructor'),
      ],
      [
        'comments kept',
        signedResponse(
          keys,
          {},
          {
            transforms: [
              'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
              'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
            ],
          },
        ),
      ],
      ['no enveloped transform', good.replace(/<Transform Algorithm="[^"]*enveloped-signature"\/>/, '')],
      ['empty reference', good.replace(/<Reference URI="[^"]*"/, '<Reference URI=""')],
      ['xpointer', good.replace(/<Reference URI="#([^"]*)"/, '<Reference URI="#xpointer(id(\'$1\'))"')],
      ['two references', good.replace(/(<Reference [\s\S]*?<\/Reference>)/, '$1$1')],
      [
        'xslt',
        good.replace(
          /<Transforms>/,
          '<Transforms><Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>',
        ),
      ],
    ];
    for (const [name, xml] of untrusted) expect(refused(xml), name).toBe('saml-untrusted');
    const withCertificate = signedResponse(others).replace(
      '</SignatureValue>',
      `</SignatureValue><KeyInfo><X509Data><X509Certificate>${others.publicKey.replaceAll(/-----.*-----|\n/g, '')}</X509Certificate></X509Data></KeyInfo>`,
    );
    expect(refused(withCertificate), 'own certificate').toBe('saml-untrusted');
    expect(refused(good, { keys: [] })).toBe('saml-untrusted');
  });

  it('[SAM1] is refused before anything is resolved or expanded', ({ expect }) => {
    const good = signedResponse(keys);
    const bodies: [string, string][] = [
      ['external entity', `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${good.replace('ada@', '&x;@')}`],
      ['billion laughs', `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${good}`],
      ['document type', `<!DOCTYPE r>${good}`],
      ['instruction', `<?xml-stylesheet href="http://evil.example/"?>${good}`],
      ['comment in the name', good.replace('ada@example.com', 'ada@example.com<!---->.evil.example')],
      ['cdata', good.replace('ada@example.com', '<![CDATA[ada@example.com]]>')],
      ['undeclared entity', good.replace('ada@', '&x;@')],
      ['not closed', good.slice(0, -10)],
      ['two roots', good + good],
      ['text after', `${good}x`],
      ['nul', good.replace('ada@', 'ada\0@')],
      ['deep', good.replace('<samlp:Status>', `${'<x>'.repeat(100)}${'</x>'.repeat(100)}<samlp:Status>`)],
      ['large', good.replace('<samlp:Status>', `<x>${'x'.repeat(300_000)}</x><samlp:Status>`)],
      [
        'two ids',
        good.replace('<samlp:Status>', `<samlp:Status ID="${/Assertion [^>]*ID="([^"]*)"/.exec(good)?.[1] ?? ''}">`),
      ],
      ['utf-16', `\ufeff${good}`.split('').join('\0')],
      ['duplicate attribute', good.replace(' Version="2.0"', ' Version="2.0" Version="2.0"')],
      ['another root', '<x/>'],
      ['a part of its own', good.replace('<samlp:Status>', '<x/><samlp:Status>')],
      [
        'many attributes',
        good.replace(
          '<samlp:Status>',
          `<samlp:Status ${Array.from({ length: 200 }, (_, at) => `a${at}=""`).join(' ')}>`,
        ),
      ],
      ['nothing', ''],
    ];
    for (const [name, xml] of bodies) expect(refused(xml), name).toBe('saml-invalid');
    for (const text of ['', '%%%', 'a b c!', '////']) {
      expect(
        refusal(() =>
          readResponse(text, { issuer: '', audience: '', recipient: '', request: undefined, keys: [], nowMs: 0 }),
        ),
      ).toBe('saml-invalid');
    }
  });

  it('[SAM6, SAM7, SAM9] is refused when it is for something else', ({ expect }) => {
    const cases: [string, ResponseInit, string, Partial<Expected>?][] = [
      ['audience', { audience: 'https://other.example/' }, 'saml-unexpected'],
      ['audience prefix', { audience: `${AUDIENCE}/x` }, 'saml-unexpected'],
      ['no audience', { conditions: `<saml:Conditions NotOnOrAfter="2099-01-01T00:00:00Z"/>` }, 'saml-unexpected'],
      [
        'unknown condition',
        {
          conditions: `<saml:Conditions NotOnOrAfter="2099-01-01T00:00:00Z"><saml:AudienceRestriction><saml:Audience>${AUDIENCE}</saml:Audience></saml:AudienceRestriction><saml:Condition/></saml:Conditions>`,
        },
        'saml-unexpected',
      ],
      ['recipient', { recipient: 'https://evil.example/acs', destination: RECIPIENT }, 'saml-unexpected'],
      ['destination', { destination: 'https://evil.example/acs' }, 'saml-unexpected'],
      ['issuer', { issuer: 'https://evil.example/' }, 'saml-unexpected'],
      ['another request', { request: '_other' }, 'saml-unexpected'],
      ['nobody asked', { request: null }, 'saml-unexpected'],
      ['somebody asked', {}, 'saml-unexpected', { request: undefined }],
      ['expired', { until: -61_000 }, 'saml-expired'],
      ['early', { from: 62_000 }, 'saml-expired'],
      ['no end', { until: null }, 'saml-unexpected'],
      [
        'odd time',
        {
          conditions:
            '<saml:Conditions NotOnOrAfter="tomorrow"><saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction></saml:Conditions>',
        },
        'saml-unexpected',
      ],
      ['holder of key', { method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' }, 'saml-unexpected'],
      ['no statement', { statement: '' }, 'saml-unexpected'],
      [
        'session over',
        {
          statement: `<saml:AuthnStatement AuthnInstant="2020-01-01T00:00:00Z" SessionNotOnOrAfter="2020-01-01T00:00:00Z"/>`,
        },
        'saml-expired',
      ],
      ['denied', { status: 'AuthnFailed' }, 'saml-refused'],
      ['nobody', { nameId: ' ' }, 'saml-invalid'],
      ['somebody within', { nameId: '<x>ada</x>' }, 'saml-invalid'],
      ['long name', { nameId: 'x'.repeat(1_001) }, 'saml-invalid'],
      ['many values', { attributes: { g: Array<string>(201).fill('x') } }, 'saml-invalid'],
    ];
    for (const [name, init, why, more] of cases) {
      for (const of of ['Assertion', 'Response'] as const) {
        expect(refused(signedResponse(keys, init, { of }), more), `${name}, ${of}`).toBe(why);
      }
    }
    expect(read(signedResponse(keys, { request: null }), { request: undefined }).nameId).toBe('ada@example.com');
    expect(read(signedResponse(keys, { until: -50_000, from: 50_000 })).nameId).toBe('ada@example.com');
    const encrypted = signedResponse(keys).replace(
      '<samlp:Status>',
      '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/><samlp:Status>',
    );
    expect(() => read(encrypted)).toThrow(/encrypted/);
  });

  it('[SAM5] names nobody else however its text is put together', ({ expect }) => {
    const how: SignInit = {};
    for (const [given, got] of [
      ['ada@example.com&#10;', 'ada@example.com'],
      ['a&amp;b@example.com', 'a&b@example.com'],
      ['&lt;!-- --&gt;x', '<!-- -->x'],
    ]) {
      expect(read(signedResponse(keys, { nameId: given ?? '' }, how)).nameId).toBe(got);
    }
  });
});

// `openssl req -x509 -newkey rsa:1024`, only ever read.
const CERTIFICATE =
  'MIIB+jCCAWOgAwIBAgIUZOTdK4BdCx8HQpPYJZaX0KHJa/wwDQYJKoZIhvcNAQELBQAwDjEMMAoGA1UEAwwDaWRwMCAXDTI2MTEyNjAyMDcyMloYDzIxMjYxMTAyMDIwNzIyWjAOMQwwCgYDVQQDDANpZHAwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAMpvLdBYFGloD40GMxRLaWf5LQ9G/kJTLTu0m3xjKafLk00zFG7DMNq8AZVzf/+urtvY452yps+TjS8A3YNYSFoMNmHRdjtTDC4z2m8xkXJ0/Xkjr6L/N6VQWPW+TT96ZF5lxMOqS2He4KKP4PP0B0JCnojo/AlFGriXMBQKRzGjAgMBAAGjUzBRMB0GA1UdDgQWBBQOwvjncgXQ4341DrihdlK/6ZWu8DAfBgNVHSMEGDAWgBQOwvjncgXQ4341DrihdlK/6ZWu8DAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBALeTIEH8XQv11E24PG9NfMD2lbQhlEXakMNEbrMccD3y5jEYFXm2ag7PPcrcpUM4DqkDAOMme6JM7zUvrynspvviMsJ5H9S4KejrLTeX5CL8udScXPzfm9gnPod0Y7vYOVxBY4xv6v4Tj7CkOV8AGEEHfEG4iYVW1yuCXZUTQYDE';
const ITS_KEY =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDKby3QWBRpaA+NBjMUS2ln+S0PRv5CUy07tJt8Yymny5NNMxRuwzDavAGVc3//rq7b2OOdsqbPk40vAN2DWEhaDDZh0XY7UwwuM9pvMZFydP15I6+i/zelUFj1vk0/emReZcTDqkth3uCij+Dz9AdCQp6I6PwJRRq4lzAUCkcxowIDAQAB';

describe('[SAM10] metadata', () => {
  const bare = (): string => keys.publicKey;
  const metadata = (more: string, id = ISSUER): string =>
    `<?xml version="1.0"?>\n<!-- by hand -->\n<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${id}">${more}</EntityDescriptor>`;
  const role = (more: string): string =>
    `<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${more}</IDPSSODescriptor>`;
  const service =
    '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/>';

  const keyed = (text: string): string =>
    `<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${text}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;

  it('is refused when it does not describe one identity provider', ({ expect }) => {
    for (const xml of [
      '',
      '<x/>',
      metadata(''),
      metadata(role(service)),
      metadata(role(keyed('MIICCzCCAXSgAwIBAgIU') + service)),
      metadata(role(keyed('x y') + service)),
      metadata(role(keyed(CERTIFICATE))),
      metadata(role(service), ''),
      `<!DOCTYPE x [<!ENTITY y SYSTEM "http://evil.example/">]>${metadata(role(service))}`,
    ]) {
      expect(
        refusal(() => readMetadata(xml)),
        xml.slice(0, 80),
      ).toBe('saml-invalid');
    }
  });

  it('gives the issuer, the address and the keys', ({ expect }) => {
    const twice = keyed(CERTIFICATE) + keyed(` ${CERTIFICATE.slice(0, 70)}\n${CERTIFICATE.slice(70)}`);
    const { keys: found, ...rest } = readMetadata(metadata(role(twice + service)));
    expect(rest).toEqual({ issuer: ISSUER, signInUrl: 'https://idp.example.com/sso' });
    expect(found.map((key) => key.replaceAll(/-----.*-----|\n/g, ''))).toEqual([ITS_KEY]);
  });

  it('gives keys as they were', ({ expect }) => {
    expect(publicKeyOf(bare()).replaceAll(/\s/g, '')).toBe(bare().replaceAll(/\s/g, ''));
    expect(refusal(() => publicKeyOf('nope'))).toBe('saml-invalid');
  });

  it('of ours, and a request, are well-formed whatever they hold', async ({ expect }) => {
    const odd = 'https://millrace.test/sso/"<&>';
    expect(serviceMetadata({ issuer: odd, recipient: odd })).toContain(
      'entityID="https://millrace.test/sso/&quot;&lt;&amp;&gt;"',
    );
    const url = new URL(
      await requestUrl({
        id: '_1',
        issuer: odd,
        recipient: RECIPIENT,
        signInUrl: 'https://idp.example.com/sso?tenant=1',
        nowMs: 0,
        relayState: 'r&s',
      }),
    );
    expect(url.searchParams.get('tenant')).toBe('1');
    expect(url.searchParams.get('RelayState')).toBe('r&s');
    const bytes = Uint8Array.from(atob(url.searchParams.get('SAMLRequest') ?? ''), (char) => char.charCodeAt(0));
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    expect(await new Response(inflated).text()).toContain(
      `ID="_1" Version="2.0" IssueInstant="1970-01-01T00:00:00.000Z"`,
    );
  });
});
