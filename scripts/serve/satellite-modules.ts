// Writes a satellite's modules and workerd configuration; what to write comes on stdin (satellite-config.ts).
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import type { SatelliteModules } from './satellite-config.ts';
import { DOOR, PROJECT } from './satellite-config.ts';

const { dir, socket, compatibilityDate, compatibilityFlags, vars, modules } = JSON.parse(
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
const bindings = Object.entries(vars).map(([name, value]) =>
  typeof value === 'string'
    ? `(name = ${text(name)}, text = ${text(value)})`
    : `(name = ${text(name)}, json = ${text(JSON.stringify(value))})`,
);
writeFileSync(
  join(dir, 'config.capnp'),
  `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "door", worker = .door),
    (name = "satellite", worker = .satellite),
    (name = "nothing", network = (allow = [], deny = ["0.0.0.0/0", "::/0"])),
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
);
