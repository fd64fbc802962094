/** Why an OpenID provider is not believed. The message is for the administrator, and holds no token. */
export class OidcError extends Error {
  readonly code: 'oidc-provider' | 'oidc-untrusted' | 'oidc-refused';
  constructor(code: OidcError['code'], message: string) {
    super(message);
    this.name = 'OidcError';
    this.code = code;
  }
}
