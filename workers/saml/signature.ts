import { SignedXml } from 'xml-crypto';
import { SamlError } from './error.ts';
import { attributeOf, children, childrenOf, descendants, DSIG, is, only, parseXml } from './xml.ts';
import type { XmlElement } from './xmldom.d.ts';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = `${DSIG}enveloped-signature`;
const SIGNATURES = [
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
];
const DIGESTS = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'];

const untrusted = (message: string): SamlError => new SamlError('saml-untrusted', message);

interface Signatures {
  response: XmlElement | undefined;
  assertion: XmlElement | undefined;
}

/** Finds the signatures where they may stand (SAM3). @throws SamlError for one anywhere else. */
export function signaturesOf(response: XmlElement, assertion: XmlElement): Signatures {
  const found: Signatures = {
    response: only(response, DSIG, 'Signature'),
    assertion: only(assertion, DSIG, 'Signature'),
  };
  const expected = [found.response, found.assertion].filter(Boolean);
  const all = descendants(response).filter((each) => each.localName === 'Signature');
  if (all.length !== expected.length) throw untrusted('A signature stands where none belongs');
  if (all.length === 0) throw untrusted('Neither the response nor the assertion is signed');
  return found;
}

/**
 * The signed element, parsed from the very bytes that the signature covers.
 * `keys`: PEM public keys of the connection; one of them must have signed.
 * @throws SamlError `saml-untrusted`.
 */
export function signedElement(
  document: string,
  { signature, signed, keys }: { signature: XmlElement; signed: XmlElement; keys: readonly string[] },
): XmlElement {
  refuseUnusual(signature, signed);
  for (const key of keys) {
    const bytes = verifiedBytes(document, signature, key);
    if (bytes === undefined) continue;
    const element = parseXml(bytes);
    const same = element.localName === signed.localName && element.namespaceURI === signed.namespaceURI;
    if (!same || attributeOf(element, 'ID') !== attributeOf(signed, 'ID')) throw untrusted('Something else is signed');
    return element;
  }
  throw untrusted('The signature is not by the certificate of this connection, or what it covers was changed');
}

function verifiedBytes(document: string, signature: XmlElement, key: string): string | undefined {
  const check = new SignedXml({ publicCert: key, getCertFromKeyInfo: () => null });
  check.CanonicalizationAlgorithms = limited(check.CanonicalizationAlgorithms, [EXCLUSIVE, ENVELOPED]);
  check.SignatureAlgorithms = limited(check.SignatureAlgorithms, SIGNATURES);
  check.HashAlgorithms = limited(check.HashAlgorithms, DIGESTS);
  try {
    check.loadSignature(signature);
    if (!check.checkSignature(document)) return undefined;
    const [bytes, ...more] = check.getSignedReferences();
    return more.length === 0 ? bytes : undefined;
  } catch {
    return undefined;
  }
}

function limited<T>(all: Record<string, T>, names: readonly string[]): Record<string, T> {
  const kept = names.flatMap((name): [string, T][] => {
    const found = all[name];
    return found === undefined ? [] : [[name, found]];
  });
  // No prototype: `constructor` is no algorithm.
  return Object.assign(Object.create(null) as Record<string, T>, Object.fromEntries(kept));
}

/** One reference, to the element the signature stands in, by the algorithms we know (SAM3, SAM4). */
function refuseUnusual(signature: XmlElement, signed: XmlElement): void {
  const parts = childrenOf(signature).map((each) => each.localName);
  const [info] = childrenOf(signature);
  const usual = ['SignedInfo,SignatureValue', 'SignedInfo,SignatureValue,KeyInfo'].includes(parts.join(','));
  if (!info || !usual || childrenOf(signature).some((each) => each.namespaceURI !== DSIG)) {
    throw untrusted('The signature has parts that are not expected');
  }
  const [canonicalization, method, reference, ...more] = childrenOf(info);
  const right =
    canonicalization !== undefined &&
    method !== undefined &&
    reference !== undefined &&
    more.length === 0 &&
    is(canonicalization, DSIG, 'CanonicalizationMethod') &&
    is(method, DSIG, 'SignatureMethod') &&
    is(reference, DSIG, 'Reference');
  if (!right) throw untrusted('The signature must have exactly one reference');
  const id = attributeOf(signed, 'ID');
  if (id === undefined || !/^[\w.:-]{1,200}$/.test(id)) {
    throw untrusted('What is signed has no id, or one of odd characters');
  }
  if (attributeOf(reference, 'URI') !== `#${id}`) {
    throw untrusted('The signature does not cover the element it stands in');
  }
  const transforms = children(reference, DSIG, 'Transforms').flatMap((each) => children(each, DSIG, 'Transform'));
  const names = transforms.map((each) => attributeOf(each, 'Algorithm'));
  if (names.join(' ') !== `${ENVELOPED} ${EXCLUSIVE}`) {
    throw untrusted('The signature uses transforms that are not allowed');
  }
  const digests = children(reference, DSIG, 'DigestMethod').map((each) => attributeOf(each, 'Algorithm') ?? '');
  const algorithm = attributeOf(method, 'Algorithm') ?? '';
  const allowed =
    digests.length === 1 &&
    digests.every((each) => DIGESTS.includes(each)) &&
    SIGNATURES.includes(algorithm) &&
    attributeOf(canonicalization, 'Algorithm') === EXCLUSIVE;
  if (!allowed) {
    throw untrusted(
      `The signature must be RSA with SHA-256 or SHA-512 and exclusive canonicalization, not ${algorithm.slice(0, 100)}`,
    );
  }
}
