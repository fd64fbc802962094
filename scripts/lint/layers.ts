// Who may import whom: the one readable statement of the rule (docs/design/architecture.md, "Layout").
// TypeScript project references hold the direction a second time; test/boundaries plants a violation of each.

interface Layer {
  name: string;
  /** Project-relative paths of the importing files; the first layer that matches rules. */
  files: RegExp;
  /** Project-relative paths it may import. `$1` stands for the importer's first group. */
  may: string[];
  /** Packages and built-in modules it may import. */
  packages: RegExp;
  /** What to do instead, shown with the error. */
  fix: string;
}

const PURE_PACKAGES = 'zod|yjs|acorn|luxon|croner|re2js';
/** Formats and algorithms: pure computation, too heavy for the runner, loaded by the executor at first use. */
const TRANSFORM_PACKAGES =
  'cheerio|fflate|hucre|html-to-text|ical\\.js|jose|markdown-it|node-html-markdown|sax|unpdf|uqr|xml2js|@cf-wasm|node:crypto';
const WORKER_PACKAGES = new RegExp(
  `^(${PURE_PACKAGES}|hono|drizzle-orm|fflate|jose|postal-mime|aws4fetch|@standard-schema|cloudflare:|node:(crypto|buffer|stream)|ssh2/|xml-crypto$|@xmldom/xmldom$|ldapts$)`,
);
const WEB_PACKAGES = new RegExp(
  `^(${PURE_PACKAGES}|react|vite|@tanstack/react-|@xyflow/react|@dagrejs/dagre|@codemirror/|@lezer/highlight|lucide-react|unpdf|uplot|uqr)`,
);
const OBJECT_PACKAGES = /^(cloudflare:workers|node:crypto|luxon)$/;
const PROTOCOLS = '^durable-objects/(stubs|[^/]+/protocol)\\.ts$';
const CONTRACTS = '^workers/areas/[^/]+/(contract|events)\\.ts$';

export const LAYERS: readonly Layer[] = [
  {
    name: 'a transform',
    files: /^core\/nodes\/[^/]+\/transform(?:\.ts|\/)/,
    may: ['^core/'],
    packages: new RegExp(`^(${PURE_PACKAGES}|${TRANSFORM_PACKAGES})(/|$)`),
    fix: `a transform computes: no IO. Packages: ${PURE_PACKAGES.replaceAll('|', ', ')}, ${TRANSFORM_PACKAGES.replaceAll('|', ', ')}.`,
  },
  {
    name: 'core',
    files: /^core\//,
    may: ['^core/'],
    packages: new RegExp(`^(${PURE_PACKAGES})(/|$)`),
    fix: `core is pure: take what you need as an argument, or move the code to a host. Packages: ${PURE_PACKAGES.replaceAll('|', ', ')}.`,
  },
  {
    name: 'an object',
    files: /^durable-objects\/([^/]+)\//,
    may: ['^core/', '^durable-objects/$1/', '^durable-objects/kit/', PROTOCOLS],
    packages: OBJECT_PACKAGES,
    fix: 'an object sees core, its own folder, durable-objects/kit and the protocol.ts of other objects; Workers are reached through bindings.',
  },
  {
    name: 'durable-objects',
    files: /^durable-objects\//,
    may: ['^core/', '^durable-objects/'],
    packages: OBJECT_PACKAGES,
    fix: 'objects build on core only; Workers are reached through bindings.',
  },
  {
    name: 'the composition root',
    files: /^workers\/main\.ts$/,
    may: ['^core/', '^workers/', '^durable-objects/'],
    packages: WORKER_PACKAGES,
    fix: 'the Worker sees core, workers and the object classes it exports.',
  },
  {
    name: 'a contract',
    files: /^workers\/areas\/[^/]+\/(?:contract|events)\.ts$/,
    may: ['^core/', CONTRACTS, '^workers/kit/contract\\.ts$'],
    packages: /^zod$/,
    fix: 'contracts are shared with the SDK and the browser: only core, zod, workers/kit/contract.ts and other contracts.',
  },
  {
    name: 'an area',
    files: /^workers\/areas\/([^/]+)\//,
    may: [
      '^core/',
      '^workers/areas/$1/',
      CONTRACTS,
      '^workers/(?!areas/|connectors/|executor/|hooks/|main\\.ts)',
      PROTOCOLS,
    ],
    packages: WORKER_PACKAGES,
    fix: "areas are strangers: use the other area's contract.ts or events.ts.",
  },
  {
    name: 'a connector',
    files: /^workers\/connectors\/([^/]+)\//,
    may: ['^core/connector/', '^core/data/', '^workers/connectors/$1/'],
    packages: /^zod$/,
    fix: 'a connector is data on core/connector; it sees nothing else.',
  },
  {
    name: 'the code host',
    files: /^workers\/code-host\//,
    may: ['^workers/code-host/'],
    packages: /^cloudflare:workers$/,
    fix: 'it is written to a process of its own, module by module (scripts/serve/code-host-config.ts): nothing from outside its folder is there.',
  },
  {
    name: 'the identity Worker',
    files: /^workers\/identity\//,
    may: ['^core/', '^workers/(kit|mail|executor/egress)/', '^workers/identity/'],
    packages: new RegExp(`${WORKER_PACKAGES.source}|^(better-auth|@better-auth/passkey|node:async_hooks)(/|$)`),
    fix: 'identity has a bundle of its own: it sees core, workers/kit, the mail outbox and the egress client.',
  },
  {
    name: 'workers',
    files: /^workers\//,
    may: ['^core/', '^workers/(?!main\\.ts)', PROTOCOLS],
    packages: WORKER_PACKAGES,
    fix: "Workers see core and the objects' stubs.ts and protocol.ts; only workers/main.ts may import the classes.",
  },
  {
    name: 'sdk',
    files: /^sdk\//,
    may: ['^core/', '^sdk/', CONTRACTS, '^workers/kit/contract\\.ts$'],
    packages: new RegExp(`^(${PURE_PACKAGES}|node:)`),
    fix: 'the SDK sees core and contracts; everything else it asks over HTTP.',
  },
  {
    name: 'a building block of the app',
    files: /^web\/(?:text|ui|session|data|canvas)\//,
    may: ['^core/', '^sdk/(?!cli/)', '^web/(?:text|ui|session|data|canvas)/'],
    packages: WEB_PACKAGES,
    fix: 'what every page is made of knows no page: give it what it needs as a property.',
  },
  {
    name: 'an area of the app',
    files: /^web\/areas\//,
    may: ['^core/', '^sdk/(?!cli/)', '^web/(?!app/|editor/)'],
    packages: WEB_PACKAGES,
    fix: 'pages know building blocks and each other, not the editor or the shell around them.',
  },
  {
    name: 'web',
    files: /^web\//,
    may: ['^core/', '^sdk/(?!cli/)', '^web/'],
    packages: WEB_PACKAGES,
    fix: 'the browser sees core and sdk; server code is reached through sdk/client.',
  },
  {
    name: 'scripts',
    files: /^scripts\//,
    may: ['^(?!test/)'],
    packages: /./,
    fix: 'scripts never need test code.',
  },
];

const TEST_FILE = /^test\/|\.test\.ts$|\/testing\.ts$/;

/** Why `importer` may not import `specifier`, or undefined when it may. Paths are project-relative with `/`. */
export function refusal(importer: string, specifier: string): string | undefined {
  if (TEST_FILE.test(importer)) {
    return undefined;
  }
  for (const layer of LAYERS) {
    const match = layer.files.exec(importer);
    if (!match) {
      continue;
    }
    const relative = specifier.startsWith('.');
    const target = relative ? resolve(importer, specifier) : specifier;
    const allowed = relative
      ? layer.may.some((pattern) => new RegExp(pattern.replaceAll('$1', match[1] ?? '')).test(target))
      : layer.packages.test(specifier);
    return allowed ? undefined : `${layer.name} may not import ${target}: ${layer.fix}`;
  }
  return undefined;
}

function resolve(importer: string, specifier: string): string {
  const parts = importer.split('/').slice(0, -1);
  for (const step of specifier.split('/')) {
    if (step === '..') {
      parts.pop();
    } else if (step !== '.') {
      parts.push(step);
    }
  }
  return parts.join('/');
}
