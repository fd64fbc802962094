// The part of @xmldom/xmldom that is used. Its own types need the DOM library, which Workers do not have.
export interface XmlNode {
  readonly nodeType: number;
  readonly firstChild: XmlNode | null;
  readonly nextSibling: XmlNode | null;
  readonly parentNode: XmlNode | null;
  readonly textContent: string | null;
}
export interface XmlAttribute {
  readonly name: string;
  readonly localName: string;
  readonly value: string;
}
export interface XmlElement extends XmlNode {
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly attributes: { readonly length: number; item(at: number): XmlAttribute | null };
  getAttribute(name: string): string;
  hasAttribute(name: string): boolean;
}
export interface XmlDocument extends XmlNode {
  readonly documentElement: XmlElement | null;
}
export class DOMParser {
  constructor(options: { errorHandler: (level: string, message: string) => void });
  parseFromString(xml: string, type: string): XmlDocument | undefined;
}
