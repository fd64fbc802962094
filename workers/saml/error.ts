/** Why a SAML message is not believed. The message is for the administrator and holds nothing of the assertion's content. */
export class SamlError extends Error {
  readonly code: 'saml-invalid' | 'saml-untrusted' | 'saml-unexpected' | 'saml-expired' | 'saml-refused';
  constructor(code: SamlError['code'], message: string) {
    super(message);
    this.name = 'SamlError';
    this.code = code;
  }
}

export const invalid = (message: string): SamlError => new SamlError('saml-invalid', message);
