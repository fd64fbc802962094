// Writes the code host's modules and workerd configuration: `node code-host-modules.ts <folder> <socket>`.
import { readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { SOURCES, SOURCE_DIR } from './code-host-config.ts';

/**
 * One isolate's heap is what Cloudflare gives it; beyond, V8 ends the process and the culprit fails alone. Collecting
 * everything each time keeps the process at 100 MB where 300 were seen, since a call leaves objects outside the heap
 * behind. With the small young space that V8 starts with, it took a fifth of the time of every call.
 */
const V8_FLAGS = ['--max-heap-size=128', '--gc-global', '--min-semi-space-size=4'];

const [dir = '', socket = ''] = process.argv.slice(2);
const modules = SOURCES.map((name) => {
  const source = readFileSync(new URL(name, SOURCE_DIR), 'utf8');
  // Generated texts are large and without types.
  const text = name.endsWith('.generated.ts') ? source : stripTypeScriptTypes(source);
  const file = name.replaceAll('/', '__');
  writeFileSync(join(dir, file), text);
  return `(name = "${name}", esModule = embed "${file}")`;
});
writeFileSync(
  join(dir, 'config.capnp'),
  `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "host", worker = .host), (name = "nothing", network = (allow = [], deny = ["0.0.0.0/0", "::/0"]))],
  v8Flags = [${V8_FLAGS.map((flag) => `"${flag}"`).join(', ')}],
  sockets = [(name = "code", address = "unix:${socket}", http = (), service = "host")],
);
const host :Workerd.Worker = (
  modules = [${modules.join(', ')}],
  compatibilityDate = "2026-10-01",
  bindings = [(name = "LOADER", workerLoader = ())],
  globalOutbound = "nothing",
);
`,
);
