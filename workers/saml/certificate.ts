import { createPublicKey, X509Certificate } from 'node:crypto';
import { invalid } from './error.ts';

/** A certificate as metadata or a person gives it (PEM, or its base64 alone) as the PEM of its RSA public key. */
export function publicKeyOf(text: string): string {
  const base64 = text.replaceAll(/-----(BEGIN|END) [A-Z ]+-----/g, '').replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length > 20_000) {
    throw invalid('A certificate must be PEM or base64');
  }
  const lines = base64.match(/.{1,64}/g) ?? [];
  const pem = (label: string): string => `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
  try {
    const key = /BEGIN PUBLIC KEY/.test(text)
      ? createPublicKey(pem('PUBLIC KEY'))
      : new X509Certificate(pem('CERTIFICATE')).publicKey;
    if (key.asymmetricKeyType !== 'rsa') throw invalid('The certificate must hold an RSA key');
    return String(key.export({ type: 'spki', format: 'pem' }));
  } catch (error) {
    if (error instanceof Error && error.name === 'SamlError') throw error;
    throw invalid('A certificate cannot be read');
  }
}
