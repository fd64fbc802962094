import { publicKeyOf } from './certificate.ts';
import { invalid } from './error.ts';
import { attributeOf, children, descendants, DSIG, is, METADATA, parseXml, textOf } from './xml.ts';
import type { XmlElement } from './xmldom.d.ts';

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
const MAX_KEYS = 10;

/** What a connection needs to know of an identity provider. */
export interface IdpMetadata {
  issuer: string;
  /** Where browsers are sent with a request (redirect binding). */
  signInUrl: string;
  /** PEM public keys. */
  keys: string[];
}

/** Reads the identity provider out of a metadata document (SAM10). @throws SamlError. */
export function readMetadata(xml: string): IdpMetadata {
  const root = parseXml(xml, { comments: true });
  const entities = [root, ...descendants(root)].filter((each) => is(each, METADATA, 'EntityDescriptor'));
  const providers = entities.filter((each) => roleOf(each) !== undefined);
  const [entity, ...more] = providers;
  const role = entity && roleOf(entity);
  if (!entity || !role) throw invalid('The metadata describes no SAML 2.0 identity provider');
  if (more.length > 0) throw invalid('The metadata describes several identity providers');
  const issuer = attributeOf(entity, 'entityID') ?? '';
  if (issuer === '' || issuer.length > 1_024) throw invalid('The metadata has no entityID');
  const services = children(role, METADATA, 'SingleSignOnService');
  const service = services.find((each) => attributeOf(each, 'Binding') === REDIRECT);
  const signInUrl = service ? (attributeOf(service, 'Location') ?? '') : '';
  if (!URL.canParse(signInUrl)) throw invalid('The metadata has no address for the redirect binding');
  const certificates = children(role, METADATA, 'KeyDescriptor')
    .filter((each) => (attributeOf(each, 'use') ?? 'signing') === 'signing')
    .flatMap(descendants)
    .filter((each) => is(each, DSIG, 'X509Certificate'));
  if (certificates.length === 0 || certificates.length > MAX_KEYS) {
    throw invalid('The metadata has no signing certificate, or too many');
  }
  return { issuer, signInUrl, keys: [...new Set(certificates.map((each) => publicKeyOf(textOf(each))))] };
}

const roleOf = (entity: XmlElement): XmlElement | undefined =>
  children(entity, METADATA, 'IDPSSODescriptor').find((each) =>
    (attributeOf(each, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(PROTOCOL),
  );
