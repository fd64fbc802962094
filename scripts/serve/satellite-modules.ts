// Writes a satellite's modules and workerd configuration; what to write comes on stdin (satellite-config.ts).
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { egressNetworks } from './networks.ts';
import type { Network } from './networks.ts';
import type { SatelliteModules } from './satellite-config.ts';
import { DOOR, PROJECT } from './satellite-config.ts';

const { dir, socket, compatibilityDate, compatibilityFlags, vars, databases, egressAllow, modules } = JSON.parse(
  readFileSync(0, 'utf8'),
) as SatelliteModules;
rmSync(join(dir, 'modules'), { recursive: true, force: true });
const place = (name: string): string => {
  const path = join(dir, 'modules', name);
  mkdirSync(dirname(path), { recursive: true });
  return path;
};
// Text of JSON is text of Cap'n Proto, too.
const text = (value: unknown): string => JSON.stringify(value);
const list = (parts: string[]): string => `[${parts.join(', ')}]`;

const own = modules.map(({ type, path, name }) => {
  copyFileSync(path, place(`own/${name}`));
  return `(name = ${text(name)}, ${type === 'CompiledWasm' ? 'wasm' : 'esModule'} = embed ${text(`modules/own/${name}`)})`;
});
const door = DOOR.map((name) => {
  writeFileSync(place(`door/${name}`), stripTypeScriptTypes(readFileSync(join(PROJECT, name), 'utf8')));
  return `(name = ${text(name)}, esModule = embed ${text(`modules/door/${name}`)})`;
});
const network = ({ allow, deny, tlsOptions }: Network): string =>
  `(allow = ${list(allow.map(text))}, deny = ${list(deny.map(text))}, tlsOptions = (trustBrowserCas = ${String(tlsOptions.trustBrowserCas)}))`;
const networks = egressAllow && egressNetworks(egressAllow);
const ways = networks ? { EGRESS_PUBLIC: networks.open, EGRESS_LISTED: networks.listed } : {};
const services = [
  ...Object.entries(ways).map(([name, way]) => `(name = ${text(name)}, network = ${network(way)})`),
  ...databases.map(
    (database) =>
      `(name = ${text(`database ${database.name}`)}, external = (address = ${text(`unix:${database.socket}`)}, ` +
      `http = (injectRequestHeaders = [(name = "x-database", value = ${text(database.binding)})])))`,
  ),
];
const bindings = [
  ...Object.entries(vars).map(([name, value]) =>
    typeof value === 'string'
      ? `(name = ${text(name)}, text = ${text(value)})`
      : `(name = ${text(name)}, json = ${text(JSON.stringify(value))})`,
  ),
  ...Object.keys(ways).map((name) => `(name = ${text(name)}, service = ${text(name)})`),
  ...databases.map(
    ({ name }) =>
      `(name = ${text(name)}, wrapped = (moduleName = "cloudflare-internal:d1-api", ` +
      `innerBindings = [(name = "fetcher", service = ${text(`database ${name}`)})]))`,
  ),
];
// Anew: what is there keeps the mode it has.
rmSync(join(dir, 'config.capnp'), { force: true });
writeFileSync(
  join(dir, 'config.capnp'),
  `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "door", worker = .door),
    (name = "satellite", worker = .satellite),
    (name = "nothing", network = (allow = [], deny = ["0.0.0.0/0", "::/0"])),
    ${services.join(',\n    ')}
  ],
  sockets = [(name = "calls", address = ${text(`unix:${socket}`)}, http = (), service = "door")],
);
const door :Workerd.Worker = (
  modules = ${list(door)},
  compatibilityDate = ${text(compatibilityDate)},
  bindings = [(name = "SATELLITE", service = "satellite")],
  globalOutbound = "nothing",
);
const satellite :Workerd.Worker = (
  modules = ${list(own)},
  compatibilityDate = ${text(compatibilityDate)},
  compatibilityFlags = ${list(compatibilityFlags.map(text))},
  bindings = ${list(bindings)},
  globalOutbound = "nothing",
);
`,
  // It may hold the deployment's keys.
  { mode: 0o600 },
);
