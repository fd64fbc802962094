// workerd's configuration as text of Cap'n Proto, written from plain values. The names are those of workerd.capnp.

/** The content of a file, by its path relative to the configuration. */
export class Embed {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

export type Capnp =
  | string
  | number
  | boolean
  | Embed
  | readonly Capnp[]
  | { readonly [field: string]: Capnp | undefined };

/** Text of JSON is text of Cap'n Proto, too. */
export function capnp(value: Capnp): string {
  if (value instanceof Embed) return `embed ${JSON.stringify(value.path)}`;
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(capnp).join(', ')}]`;
  const fields = Object.entries(value).filter((field): field is [string, Capnp] => field[1] !== undefined);
  return `(${fields.map(([name, each]) => `${name} = ${capnp(each)}`).join(', ')})`;
}

/** A whole configuration. */
export const configText = (config: Capnp): string =>
  `using Workerd = import "/workerd/workerd.capnp";\nconst config :Workerd.Config = ${capnp(config)};\n`;

export const moduleOf = (type: 'ESModule' | 'CompiledWasm', name: string, content: Capnp): Capnp => ({
  name,
  [type === 'CompiledWasm' ? 'wasm' : 'esModule']: content,
});

export const varBindings = (vars: Record<string, unknown>): Capnp[] =>
  Object.entries(vars).map(([name, value]) =>
    typeof value === 'string' ? { name, text: value } : { name, json: JSON.stringify(value) },
  );

/** A D1 binding: workerd's own class around the service that answers for the database. */
export const d1Binding = (name: string, service: Capnp): Capnp => ({
  name,
  wrapped: { moduleName: 'cloudflare-internal:d1-api', innerBindings: [{ name: 'fetcher', service }] },
});
