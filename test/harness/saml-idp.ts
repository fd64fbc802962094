import { inflateRawSync } from 'node:zlib';
import { encode, makeKeys, signedResponse } from '../../workers/saml/testing.ts';
import type { IdpKeys, ResponseInit } from '../../workers/saml/testing.ts';
import type { JsonObject } from '../../core/data/item.ts';
import type { Server } from '../served/server.ts';
import { connect, type SsoBrowser } from './sso.ts';

export const IDP_ISSUER = 'https://idp.example.com/metadata';

/** A SAML connection of the served product, and the identity provider at its other end. */
export class SamlIdp {
  readonly keys: IdpKeys;
  readonly base: string;
  readonly #url: string;

  private constructor(server: Server, keys: IdpKeys, id: string) {
    this.keys = keys;
    this.base = `/sso/${server.ready.tenant}/${id}`;
    this.#url = server.ready.url;
  }

  static async connect(server: Server, more: JsonObject = {}, settings: JsonObject = {}): Promise<SamlIdp> {
    const keys = await makeKeys();
    const whole = {
      issuer: IDP_ISSUER,
      signInUrl: 'https://idp.example.com/sso',
      certificates: [keys.publicKey],
      ...settings,
    };
    const id = await connect(server, { kind: 'saml', name: 'SAML', settings: whole, ...more });
    return new SamlIdp(server, keys, id);
  }

  /** What a response must say to be for this connection. */
  get place(): { audience: string; recipient: string } {
    return { audience: `${this.#url}${this.base}/metadata`, recipient: `${this.#url}${this.base}/acs` };
  }

  response(init: ResponseInit): string {
    return signedResponse(this.keys, { issuer: IDP_ISSUER, ...this.place, ...init });
  }

  async begin(browser: SsoBrowser): Promise<{ request: string; relayState: string }> {
    const response = await browser.go(`${this.base}/start`);
    const url = new URL(response.headers.get('location') ?? '');
    const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
    return { request: / ID="([^"]+)"/.exec(xml)?.[1] ?? '', relayState: url.searchParams.get('RelayState') ?? '' };
  }

  /** Posts XML and follows to the end of the sign-in. */
  async give(browser: SsoBrowser, xml: string, relayState: string): Promise<Response> {
    const posted = await browser.post(`${this.base}/acs`, { SAMLResponse: encode(xml), RelayState: relayState });
    const next = posted.headers.get('location');
    return next?.includes('/finish?') ? browser.go(next) : posted;
  }
}
