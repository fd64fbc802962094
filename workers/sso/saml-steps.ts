import type { SamlSettings } from '../../core/sso/saml.ts';
import { readBytes } from '../kit/body.ts';
import { sha256Hex } from '../kit/digest.ts';
import { requestUrl, serviceMetadata } from '../saml/request.ts';
import { addressesOf } from './addresses.ts';
import type { Arrival } from './arrival.ts';
import { giveTo, heldBy, localPath } from './browser.ts';
import { randomText } from '../kit/random-text.ts';
import { SignInError } from './failure.ts';
import { keepFlow, takeAssertion, takeFlow } from './flows.ts';
import type { Vouched } from './join.ts';
import { STALE } from './oidc-steps.ts';
import { readSamlResponse } from './saml-client.ts';

const MAX_FORM_BYTES = 600_000;

const settingsOf = ({ row }: Arrival): SamlSettings => JSON.parse(row.settings) as SamlSettings;

function placesOf({ origin, tenant, row }: Arrival): { audience: string; recipient: string } {
  const { callback = '', metadata = '' } = addressesOf(origin, { tenant, id: row.id, kind: 'saml' });
  return { audience: metadata, recipient: callback };
}

export function samlMetadata(arrival: Arrival): string {
  const { audience, recipient } = placesOf(arrival);
  return serviceMetadata({ issuer: audience, recipient });
}

export async function beginSaml(arrival: Arrival): Promise<{ url: string; cookie: string }> {
  const { request, env, tenant, row, isSecure } = arrival;
  const { held, cookie } = giveTo(request, isSecure);
  const id = `_${randomText(24)}`;
  const relayState = await keepFlow(env.DB, tenant, {
    connection: row.id,
    facts: JSON.stringify({ request: id }),
    returnTo: localPath(new URL(request.url).searchParams.get('returnTo')),
    browser: await sha256Hex(held),
  });
  const { audience, recipient } = placesOf(arrival);
  const { signInUrl } = settingsOf(arrival);
  return {
    url: await requestUrl({ id, issuer: audience, recipient, signInUrl, nowMs: Date.now(), relayState }),
    cookie,
  };
}

/**
 * Takes a posted response. The post comes from the identity provider's page, so the browser does not show its cookie
 * yet: whom it names is kept until the browser has come back by a navigation (`next`). Nobody asked: `vouched` at once.
 */
export async function takeResponse(arrival: Arrival): Promise<{ next: string } | { vouched: Vouched }> {
  const { env, tenant, row } = arrival;
  const form = await formOf(arrival.request);
  const settings = settingsOf(arrival);
  const relayState = form.get('RelayState') ?? '';
  const flow = await takeFlow(env.DB, tenant, { state: relayState, connection: row.id, browser: undefined });
  if (!flow && !settings.idpInitiated) throw new SignInError(400, 'flow-unknown', STALE);
  const request = flow && (JSON.parse(flow.facts) as { request?: string }).request;
  if (flow && request === undefined) throw new SignInError(400, 'flow-unknown', STALE);
  const expected = { issuer: settings.issuer, keys: settings.keys, nowMs: Date.now(), ...placesOf(arrival) };
  const login = await readSamlResponse(env, {
    response: form.get('SAMLResponse') ?? '',
    expected: request === undefined ? expected : { ...expected, request },
  });
  const isNew = await takeAssertion(env.DB, tenant, {
    connection: row.id,
    id: login.assertionId,
    untilMs: login.untilMs,
  });
  if (!isNew) throw new SignInError(403, 'saml-replayed', 'This sign-in was used already. Begin it again.');
  const attributes = new Map(login.attributes);
  const one = (name: string): string | undefined => (name === '' ? undefined : attributes.get(name)?.[0]);
  const email = settings.emailAttribute === '' ? login.nameId : (one(settings.emailAttribute) ?? '');
  const vouched: Vouched = {
    issuer: settings.issuer,
    subject: `${login.nameIdFormat} ${login.nameId}`,
    email,
    name: one(settings.nameAttribute) || email,
    groups: attributes.get(settings.groupsAttribute) ?? [],
  };
  if (!flow) return { vouched };
  const next = await keepFlow(env.DB, tenant, { ...flow, facts: JSON.stringify({ vouched }) });
  return { next };
}

/** Whom a response named, when the browser that began the sign-in comes back. @throws SignInError. */
export async function takeVouched({
  request,
  env,
  tenant,
  row,
  isSecure,
}: Arrival): Promise<{ vouched: Vouched; returnTo: string }> {
  const held = heldBy(request, isSecure);
  const browser = held === undefined ? undefined : await sha256Hex(held);
  const state = new URL(request.url).searchParams.get('code') ?? '';
  const flow =
    browser === undefined ? undefined : await takeFlow(env.DB, tenant, { state, connection: row.id, browser });
  const vouched = flow && (JSON.parse(flow.facts) as { vouched?: Vouched }).vouched;
  if (!flow || !vouched) throw new SignInError(400, 'flow-unknown', STALE);
  return { vouched, returnTo: flow.returnTo };
}

async function formOf(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw new SignInError(415, 'form-needed', 'The identity provider must post a form.');
  }
  const form = new URLSearchParams(new TextDecoder().decode(await readBytes(request, MAX_FORM_BYTES)));
  for (const name of ['SAMLResponse', 'RelayState']) {
    if (form.getAll(name).length > 1) throw new SignInError(400, 'flow-unknown', STALE);
  }
  return form;
}
