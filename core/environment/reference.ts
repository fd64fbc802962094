/** The environment of everything that names none. An environment is not a tenant: here a default is right. */
export const PRODUCTION = 'production';

/** What every organisation has from its first day, in the order a workflow goes through them. */
export const STANDARD_ENVIRONMENTS = ['development', 'staging', PRODUCTION] as const;

const NAME = /^[a-z][a-z0-9-]{0,31}$/;

export const isEnvironmentName = (text: string): boolean => NAME.test(text);

/**
 * What a run is pinned to: `7` in production, `7@staging` elsewhere. The environment is part of the version, so that
 * journals, run lists and compiled programs carry it without a field of its own.
 */
export const versionIn = (version: number | string, environment: string): string =>
  environment === PRODUCTION ? String(version) : `${version}@${environment}`;

/** Also of a workflow that is written on a node (core/engine/inner.ts): `7@staging#call`. */
export const environmentOf = (version: string): string => /^[^#@]*@([^#]*)/.exec(version)?.[1] ?? PRODUCTION;

/** The version without its environment: `7`, `draft:0a1b`. */
export const bareVersion = (version: string): string => version.replace(/^([^#@]*)@[^#]*/, '$1');

/** A workflow in one environment: what may not be shared between two (publication, kept data, keys) is named by it. */
export function placeOf(workflow: string, version: string): string {
  const environment = environmentOf(version);
  return environment === PRODUCTION ? workflow : `${workflow}~${environment}`;
}

/** The workflow of a place. */
export function workflowAt(place: string): string {
  const at = place.indexOf('~');
  return at < 0 ? place : place.slice(0, at);
}

/** A webhook's path as it is routed: those of other environments begin with `~staging/`. */
export const pathIn = (environment: string, path: string): string =>
  environment === PRODUCTION ? path : `~${environment}/${path}`;
