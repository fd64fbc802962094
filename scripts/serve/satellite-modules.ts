// Writes a satellite's modules and workerd configuration; what to write comes on stdin (satellite-config.ts).
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { Embed, configText, d1Binding, moduleOf, varBindings } from './capnp.ts';
import { egressNetworks } from './networks.ts';
import type { SatelliteModules } from './satellite-config.ts';
import { DOOR, PROJECT } from './satellite-config.ts';

const {
  dir,
  socket,
  compatibilityDate,
  compatibilityFlags,
  vars,
  databases,
  egressAllow,
  trustedCertificates,
  modules,
} = JSON.parse(readFileSync(0, 'utf8')) as SatelliteModules;
rmSync(join(dir, 'modules'), { recursive: true, force: true });
const place = (name: string): string => {
  const path = join(dir, 'modules', name);
  mkdirSync(dirname(path), { recursive: true });
  return path;
};

const own = modules.map(({ type, path, name }) => {
  copyFileSync(path, place(`own/${name}`));
  return moduleOf(type, name, new Embed(`modules/own/${name}`));
});
const door = DOOR.map((name) => {
  writeFileSync(place(`door/${name}`), stripTypeScriptTypes(readFileSync(join(PROJECT, name), 'utf8')));
  return moduleOf('ESModule', name, new Embed(`modules/door/${name}`));
});
const networks = egressAllow && egressNetworks(egressAllow, trustedCertificates);
const ways = networks ? { EGRESS_PUBLIC: networks.open, EGRESS_LISTED: networks.listed } : {};
const databaseOf = (name: string): string => `database ${name}`;

const file = join(dir, 'config.capnp');
// Anew: what is there keeps the mode it has, and this may hold the deployment's keys.
rmSync(file, { force: true });
const config = configText({
  services: [
    {
      name: 'door',
      worker: {
        modules: door,
        compatibilityDate,
        bindings: [{ name: 'SATELLITE', service: 'satellite' }],
        globalOutbound: 'nothing',
      },
    },
    {
      name: 'satellite',
      worker: {
        modules: own,
        compatibilityDate,
        compatibilityFlags,
        bindings: [
          ...varBindings(vars),
          ...Object.keys(ways).map((name) => ({ name, service: name })),
          ...databases.map(({ name }) => d1Binding(name, databaseOf(name))),
        ],
        globalOutbound: 'nothing',
      },
    },
    ...Object.entries(ways).map(([name, network]) => ({ name, network: { ...network } })),
    ...databases.map(({ name, socket: at }) => ({
      name: databaseOf(name),
      external: { address: `unix:${at}`, http: {} },
    })),
    { name: 'nothing', network: { allow: [], deny: ['0.0.0.0/0', '::/0'] } },
  ],
  sockets: [{ name: 'calls', address: `unix:${socket}`, http: {}, service: 'door' }],
});
writeFileSync(file, config, { mode: 0o600 });
