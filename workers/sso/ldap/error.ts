/** Why nobody could be signed in. `ldap-refused` is about the person, all else about the connection. */
export class LdapError extends Error {
  readonly code: 'ldap-config' | 'ldap-refused' | 'ldap-server' | 'ldap-unreachable';
  constructor(code: LdapError['code'], message: string) {
    super(message);
    this.name = 'LdapError';
    this.code = code;
  }
}
