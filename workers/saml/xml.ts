import { DOMParser } from '@xmldom/xmldom';
import { invalid } from './error.ts';
import type { XmlElement, XmlNode } from './xmldom.d.ts';

export const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
export const DSIG = 'http://www.w3.org/2000/09/xmldsig#';

const MAX_CHARS = 256 * 1024;
const MAX_DEPTH = 60;
const MAX_ATTRIBUTES = 100;
const ELEMENT = 1;
const TEXT = 3;

const isElement = (node: XmlNode): node is XmlElement => node.nodeType === ELEMENT;

/** Parses without anything a message of SAML does not need and attacks are made of (SAM1). @throws SamlError. */
export function parseXml(text: string, { comments = false } = {}): XmlElement {
  if (text.length > MAX_CHARS) throw invalid(`More than ${MAX_CHARS} characters`);
  // oxlint-disable-next-line no-control-regex -- XML has none of these
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) {
    throw invalid('It holds characters that XML has not');
  }
  const body = text.replace(/^\ufeff?\s*<\?xml [^?<>]*\?>/, '').trim();
  const plain = comments ? body.replaceAll(/<!--(?:(?!--)[^])*-->/g, '') : body;
  // What is left of these after the comments: document types, entities, CDATA, comments; instructions.
  if (/<[!?]/.test(plain)) {
    throw invalid('It has a document type, an entity, an instruction, a comment or a CDATA section');
  }
  const refuse = (_: string, message: string): never => {
    throw invalid(`It is not well-formed: ${message.split('\n')[0]?.slice(0, 120)}`);
  };
  const root = new DOMParser({ errorHandler: refuse }).parseFromString(plain, 'text/xml')?.documentElement;
  if (!root) throw invalid('It has no element');
  for (let node = root.nextSibling; node; node = node.nextSibling) {
    if (node.nodeType !== TEXT || (node.textContent ?? '').trim() !== '') throw invalid('It has more than one root');
  }
  refuseOdd(root, new Set(), 1);
  return root;
}

/** Only elements and texts, not too deep, each id once. */
function refuseOdd(element: XmlElement, ids: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH) throw invalid(`More than ${MAX_DEPTH} levels`);
  if (element.attributes.length > MAX_ATTRIBUTES) throw invalid(`More than ${MAX_ATTRIBUTES} attributes`);
  for (let at = 0; at < element.attributes.length; at++) {
    const each = element.attributes.item(at);
    if (!each || !['id', 'ID', 'Id'].includes(each.localName ?? each.name)) continue;
    if (ids.has(each.value)) throw invalid('Two elements have the same id');
    ids.add(each.value);
  }
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (isElement(node)) refuseOdd(node, ids, depth + 1);
    else if (node.nodeType !== TEXT) throw invalid('It has a node that is neither element nor text');
  }
}

export function childrenOf(element: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = element.firstChild; node; node = node.nextSibling) if (isElement(node)) found.push(node);
  return found;
}

export const is = (element: XmlElement, namespace: string, name: string): boolean =>
  element.namespaceURI === namespace && element.localName === name;

export const children = (element: XmlElement, namespace: string, name: string): XmlElement[] =>
  childrenOf(element).filter((each) => is(each, namespace, name));

/** Everything below, in document order. */
export const descendants = (element: XmlElement): XmlElement[] =>
  childrenOf(element).flatMap((each) => [each, ...descendants(each)]);

/** The only child of a name; undefined when there is none. @throws SamlError when there are several. */
export function only(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  const [first, ...more] = children(element, namespace, name);
  if (more.length > 0) throw invalid(`There is more than one ${name}`);
  return first;
}

/** An attribute without namespace; undefined when it is absent. */
export const attributeOf = (element: XmlElement, name: string): string | undefined =>
  element.hasAttribute(name) ? element.getAttribute(name) : undefined;

/** The text of an element that has no elements. @throws SamlError. */
export function textOf(element: XmlElement): string {
  if (childrenOf(element).length > 0) throw invalid(`${element.localName} must be a text`);
  return (element.textContent ?? '').trim();
}
