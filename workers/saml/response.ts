import { invalid, SamlError } from './error.ts';
import { signaturesOf, signedElement } from './signature.ts';
import { attributeOf, children, childrenOf, descendants, is, only, parseXml, SAML, SAMLP, textOf } from './xml.ts';
import type { XmlElement } from './xmldom.d.ts';

/** Clocks of two machines may differ by this much. */
const SKEW_MS = 60_000;
const MAX_VALUE_CHARS = 1_000;
const MAX_VALUES = 200;
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
/** What a response is made of; an assertion alone is read. */
const PARTS = ['Issuer', 'Signature', 'Extensions', 'Status', 'Assertion'];
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/** What a response must be for. */
export interface Expected {
  /** The identity provider's entity id. */
  issuer: string;
  /** Our entity id. */
  audience: string;
  /** Where the response was posted to. */
  recipient: string;
  /** Id of the request it answers; undefined: nobody asked, which the connection must allow. */
  request: string | undefined;
  /** PEM public keys that may have signed. */
  keys: readonly string[];
  nowMs: number;
}

/** Who signed in, as the identity provider says. */
export interface SamlLogin {
  assertionId: string;
  nameId: string;
  nameIdFormat: string;
  /** Attributes by name, in the order they came. */
  attributes: [string, string[]][];
  /** Until when the assertion could be used again. */
  untilMs: number;
}

const unexpected = (message: string): SamlError => new SamlError('saml-unexpected', message);

/** Reads a posted `SAMLResponse` (SAM1–SAM7, SAM9; SAM8 is the caller's). @throws SamlError. */
export function readResponse(base64: string, expected: Expected): SamlLogin {
  const document = decode(base64);
  const response = parseXml(document);
  if (!is(response, SAMLP, 'Response')) throw invalid('It is no SAML response');
  const all = [response, ...descendants(response)];
  if (all.some((each) => each.localName === 'EncryptedAssertion')) {
    throw invalid('The assertion is encrypted; turn encryption of assertions off at the identity provider');
  }
  const odd = childrenOf(response).find(({ localName }) => !PARTS.includes(localName));
  if (odd) throw invalid(`A response has no ${odd.localName.slice(0, 50)}`);
  checkStatus(response);
  const assertion = only(response, SAML, 'Assertion');
  if (!assertion || all.filter((each) => each.localName === 'Assertion').length !== 1) {
    throw invalid('There must be exactly one assertion');
  }
  const found = signaturesOf(response, assertion);
  const { keys } = expected;
  // Every signature there is must be good; what is read is the innermost signed bytes.
  const whole = found.response && signedElement(document, { signature: found.response, signed: response, keys });
  const part = found.assertion && signedElement(document, { signature: found.assertion, signed: assertion, keys });
  const trusted = part ?? (whole && only(whole, SAML, 'Assertion'));
  if (!trusted) throw new SamlError('saml-untrusted', 'The assertion is not signed');
  checkEnvelope(whole ?? response, expected);
  return readAssertion(trusted, expected);
}

function decode(base64: string): string {
  const text = base64.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length > 400_000) throw invalid('It is not base64');
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw invalid('It is not base64 of UTF-8 text');
  }
}

function checkStatus(response: XmlElement): void {
  const status = only(response, SAMLP, 'Status');
  const code = status && only(status, SAMLP, 'StatusCode');
  const value = code ? (attributeOf(code, 'Value') ?? '') : 'none';
  if (value === SUCCESS) return;
  const inner = code && only(code, SAMLP, 'StatusCode');
  const which = (inner ? attributeOf(inner, 'Value') : undefined) ?? value;
  throw new SamlError('saml-refused', `The identity provider refused: ${which.split(':').at(-1)?.slice(0, 80)}`);
}

/** The response around the assertion; what is not signed of it can only make it refused. */
function checkEnvelope(response: XmlElement, { issuer, recipient, request }: Expected): void {
  if (attributeOf(response, 'Version') !== '2.0') throw invalid('It is not SAML 2.0');
  const destination = attributeOf(response, 'Destination');
  if (destination !== undefined && destination !== '' && destination !== recipient) {
    throw unexpected('It is meant for another address (Destination)');
  }
  const from = only(response, SAML, 'Issuer');
  if (from && textOf(from) !== issuer) throw unexpected('It comes from another identity provider (Issuer)');
  const answers = attributeOf(response, 'InResponseTo');
  if (answers !== request) throw unexpected('It answers another request (InResponseTo)');
}

function readAssertion(assertion: XmlElement, expected: Expected): SamlLogin {
  if (attributeOf(assertion, 'Version') !== '2.0') throw invalid('The assertion is not SAML 2.0');
  const assertionId = attributeOf(assertion, 'ID');
  if (assertionId === undefined) throw invalid('The assertion has no id');
  const from = only(assertion, SAML, 'Issuer');
  if (!from || textOf(from) !== expected.issuer) {
    throw unexpected('The assertion comes from another identity provider (Issuer)');
  }
  const conditionsEnd = checkConditions(assertion, expected);
  const subject = only(assertion, SAML, 'Subject');
  const name = subject && only(subject, SAML, 'NameID');
  if (!subject || !name) throw invalid('The assertion names nobody (Subject, NameID)');
  const nameId = shortText(name);
  if (nameId === '') throw invalid('The NameID is empty');
  const confirmedEnd = checkConfirmation(subject, expected);
  if (children(assertion, SAML, 'AuthnStatement').length === 0) {
    throw unexpected('The assertion is not about a sign-in (AuthnStatement)');
  }
  for (const statement of children(assertion, SAML, 'AuthnStatement')) {
    const end = attributeOf(statement, 'SessionNotOnOrAfter');
    if (end !== undefined && momentOf(end) + SKEW_MS <= expected.nowMs) throw expired('SessionNotOnOrAfter');
  }
  return {
    assertionId,
    nameId,
    nameIdFormat: attributeOf(name, 'Format') ?? '',
    attributes: attributesOf(assertion),
    untilMs: Math.max(conditionsEnd, confirmedEnd) + SKEW_MS,
  };
}

const expired = (which: string): SamlError =>
  new SamlError('saml-expired', `The assertion is not valid now (${which}); are both clocks right?`);

function momentOf(text: string): number {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) throw invalid('A time is not written as XML Schema does');
  return ms;
}

/** SAM7 for anything with both limits; gives the end, or undefined. */
function checkTimes(element: XmlElement, nowMs: number): number | undefined {
  const [from, until] = [attributeOf(element, 'NotBefore'), attributeOf(element, 'NotOnOrAfter')];
  if (from !== undefined && momentOf(from) - SKEW_MS > nowMs) throw expired('NotBefore');
  if (until === undefined) return undefined;
  const end = momentOf(until);
  if (end + SKEW_MS <= nowMs) throw expired('NotOnOrAfter');
  return end;
}

function checkConditions(assertion: XmlElement, { audience, nowMs }: Expected): number {
  const conditions = only(assertion, SAML, 'Conditions');
  if (!conditions) throw unexpected('The assertion has no conditions');
  const known = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'];
  if (childrenOf(conditions).some((each) => each.namespaceURI !== SAML || !known.includes(each.localName))) {
    throw unexpected('The assertion has a condition that is not understood');
  }
  const restrictions = children(conditions, SAML, 'AudienceRestriction');
  const forUs = restrictions.every((each) =>
    children(each, SAML, 'Audience').some((name) => textOf(name) === audience),
  );
  if (restrictions.length === 0 || !forUs) throw unexpected('The assertion is for somebody else (Audience)');
  const end = checkTimes(conditions, nowMs);
  if (end === undefined) throw unexpected('The assertion has no end (NotOnOrAfter)');
  return end;
}

/** One bearer confirmation must hold in every part. */
function checkConfirmation(subject: XmlElement, { recipient, request, nowMs }: Expected): number {
  let why: unknown = unexpected('The subject is not confirmed for a browser (bearer)');
  for (const confirmation of children(subject, SAML, 'SubjectConfirmation')) {
    if (attributeOf(confirmation, 'Method') !== BEARER) continue;
    const data = only(confirmation, SAML, 'SubjectConfirmationData');
    try {
      if (!data) throw unexpected('The confirmation has no data');
      if (attributeOf(data, 'Recipient') !== recipient) {
        throw unexpected('The assertion is meant for another address (Recipient)');
      }
      const answers = attributeOf(data, 'InResponseTo');
      if (answers !== request) throw unexpected('The assertion answers another request (InResponseTo)');
      const end = checkTimes(data, nowMs);
      if (end === undefined) throw unexpected('The confirmation has no end (NotOnOrAfter)');
      return end;
    } catch (error) {
      why = error;
    }
  }
  throw why;
}

function shortText(element: XmlElement): string {
  const text = textOf(element);
  if (text.length > MAX_VALUE_CHARS) throw invalid(`${element.localName} has more than ${MAX_VALUE_CHARS} characters`);
  return text;
}

function attributesOf(assertion: XmlElement): [string, string[]][] {
  const statements = children(assertion, SAML, 'AttributeStatement');
  const attributes = statements.flatMap((each) => children(each, SAML, 'Attribute'));
  const values = new Map<string, string[]>();
  let count = 0;
  for (const attribute of attributes) {
    const name = attributeOf(attribute, 'Name') ?? '';
    const own = children(attribute, SAML, 'AttributeValue')
      .filter((each) => childrenOf(each).length === 0)
      .map(shortText);
    count += own.length + 1;
    if (count > MAX_VALUES) throw invalid(`More than ${MAX_VALUES} attributes and values`);
    if (name !== '' && name.length <= MAX_VALUE_CHARS) values.set(name, [...(values.get(name) ?? []), ...own]);
  }
  return [...values];
}
