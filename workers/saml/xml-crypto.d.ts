import type { XmlElement } from './xmldom.d.ts';

// The part of xml-crypto that is used. Its own types need the DOM library, which Workers do not have.
export interface Canonicalization {
  process(node: XmlElement, options: unknown): unknown;
}
export interface Hash {
  getHash(xml: string): string;
}
export interface SignatureAlgorithm {
  verifySignature(material: string, key: string, value: string): boolean;
}
export class SignedXml {
  constructor(options: {
    publicCert?: string;
    privateKey?: string;
    getCertFromKeyInfo?: () => null;
    signatureAlgorithm?: string;
    canonicalizationAlgorithm?: string;
  });
  CanonicalizationAlgorithms: Record<string, new () => Canonicalization>;
  HashAlgorithms: Record<string, new () => Hash>;
  SignatureAlgorithms: Record<string, new () => SignatureAlgorithm>;
  idAttributes: string[];
  loadSignature(node: XmlElement): void;
  checkSignature(xml: string): boolean;
  /** Canonical XML of what was validly signed. */
  getSignedReferences(): string[];
  // For tests, which play the identity provider.
  addReference(reference: { xpath: string; transforms: string[]; digestAlgorithm: string }): void;
  computeSignature(xml: string, options: { location: { reference: string; action: 'after' | 'append' } }): void;
  getSignedXml(): string;
  enableHMAC(): void;
}
