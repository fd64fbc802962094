import { SignedXml } from 'xml-crypto';

/** An identity provider that signs whatever it is told to, for tests. */
export interface IdpKeys {
  privateKey: string;
  publicKey: string;
}

const pem = (label: string, bytes: ArrayBuffer): string => {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return `-----BEGIN ${label}-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;
};

export async function makeKeys(): Promise<IdpKeys> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  };
  const pair = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
    crypto.subtle.exportKey('spki', pair.publicKey),
  ]);
  return {
    privateKey: pem('PRIVATE KEY', privateKey as ArrayBuffer),
    publicKey: pem('PUBLIC KEY', publicKey as ArrayBuffer),
  };
}

export const ISSUER = 'https://idp.example.com/metadata';
export const AUDIENCE = 'https://millrace.test/sso/saml/c1/metadata';
export const RECIPIENT = 'https://millrace.test/sso/saml/c1/acs';
export const REQUEST = '_request1';

export interface ResponseInit {
  issuer?: string;
  audience?: string;
  recipient?: string;
  destination?: string;
  /** Null: nobody asked. */
  request?: string | null;
  nameId?: string;
  attributes?: Record<string, string[]>;
  /** Milliseconds from now. */
  from?: number;
  until?: number | null;
  id?: string;
  status?: string;
  method?: string;
  conditions?: string;
  statement?: string;
  /** Where XML is put into the assertion, before it is signed. */
  inAssertion?: string;
}

const iso = (offset: number): string => new Date(Date.now() + offset).toISOString();
const attr = (name: string, value: string | null | undefined): string =>
  value === null || value === undefined ? '' : ` ${name}="${value}"`;

export function assertionXml(init: ResponseInit = {}): string {
  const {
    issuer = ISSUER,
    audience = AUDIENCE,
    recipient = RECIPIENT,
    request = REQUEST,
    nameId = 'ada@example.com',
  } = init;
  const {
    from = -1_000,
    until = 300_000,
    id = `_a${crypto.randomUUID()}`,
    method = 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
  } = init;
  const end = until === null ? undefined : iso(until);
  const attributes = Object.entries(init.attributes ?? {})
    .map(
      ([name, values]) =>
        `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
    )
    .join('');
  return (
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${iso(0)}">` +
    `<saml:Issuer>${issuer}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${nameId}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="${method}"><saml:SubjectConfirmationData${attr('NotOnOrAfter', end)} Recipient="${recipient}"${attr('InResponseTo', request)}/></saml:SubjectConfirmation></saml:Subject>` +
    (init.conditions ??
      `<saml:Conditions NotBefore="${iso(from)}"${attr('NotOnOrAfter', end)}><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`) +
    (init.statement ??
      `<saml:AuthnStatement AuthnInstant="${iso(0)}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`) +
    (attributes && `<saml:AttributeStatement>${attributes}</saml:AttributeStatement>`) +
    (init.inAssertion ?? '') +
    `</saml:Assertion>`
  );
}

export function responseXml(assertion: string, init: ResponseInit = {}): string {
  const { issuer = ISSUER, destination = init.recipient ?? RECIPIENT, request = REQUEST, status = 'Success' } = init;
  return (
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r${crypto.randomUUID()}" Version="2.0" IssueInstant="${iso(0)}"` +
    `${attr('Destination', destination)}${attr('InResponseTo', request)}>` +
    `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status>${assertion}</samlp:Response>`
  );
}

export interface SignInit {
  of?: 'Assertion' | 'Response';
  algorithm?: string;
  digest?: string;
  transforms?: string[];
  canonicalization?: string;
}

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** Signs the first element of that name, as identity providers do: enveloped, after its Issuer. */
export function sign(xml: string, { privateKey }: IdpKeys, init: SignInit = {}): string {
  const { of = 'Assertion', algorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256' } = init;
  const signer = new SignedXml({
    privateKey,
    signatureAlgorithm: algorithm,
    canonicalizationAlgorithm: init.canonicalization ?? EXCLUSIVE,
  });
  if (algorithm.includes('hmac')) signer.enableHMAC();
  signer.addReference({
    xpath: `//*[local-name(.)='${of}']`,
    transforms: init.transforms ?? ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXCLUSIVE],
    digestAlgorithm: init.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  const reference = `//*[local-name(.)='${of}']/*[local-name(.)='Issuer']`;
  signer.computeSignature(xml, { location: { reference, action: 'after' } });
  return signer.getSignedXml();
}

export const encode = (xml: string): string =>
  btoa(Array.from(new TextEncoder().encode(xml), (byte) => String.fromCharCode(byte)).join(''));

/** A signed response as it is posted. */
export const signedResponse = (keys: IdpKeys, init: ResponseInit = {}, how: SignInit = {}): string =>
  sign(responseXml(assertionXml(init), init), keys, how);
