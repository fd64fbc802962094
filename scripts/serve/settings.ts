import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Settings {
  root: string;
  /** Name of the built Worker under dist/. */
  worker: string;
  dataDir: string;
  host: string;
  /** 0: any free port. */
  port: number;
  /** Where others reach this deployment: the start of resume URLs. Undefined: unknown, as with PORT=0. */
  publicUrl: string | undefined;
  /** What the second egress wall lets through (networks.ts): workerd's network classes or CIDRs. */
  egressAllow: string[];
  /** Certificates (PEM) of authorities that are believed besides those every browser believes. */
  trustedCertificates: string[];
  /** Proxies whose X-Forwarded-For is believed: CIDRs. Empty: who connects is who calls. */
  trustedProxies: string[];
  cronEveryMs: number;
  /** Handed to the Workers as they are; the secrets among them are never printed. */
  passed: Record<string, string>;
}

/** The plan of who chose none, those that one may choose, who is asked for proofs of domains, a mail server, and the clients of identity providers (docs/guide/signing-in.md). */
const PASSED = [
  'DEFAULT_PLAN',
  'SIGN_UP_PLANS',
  'DNS_RESOLVER_URL',
  'SMTP_URL',
  'MAIL_FROM',
  ...['GOOGLE', 'GITHUB', 'MICROSOFT', 'OIDC'].flatMap((name) => [`${name}_CLIENT_ID`, `${name}_CLIENT_SECRET`]),
  'OIDC_ISSUER',
  'OIDC_NAME',
];

/** `host:port` as this machine reaches it: a wildcard is no address. */
export function reachable(host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Those in a file. @throws Error when it cannot be read, or one is none. */
function certificatesIn(file: string | undefined): string[] {
  if (!file) return [];
  const found = read(file).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0) throw new Error(`EXTRA_CA_CERTS names ${file}, which holds no certificate (PEM)`);
  for (const [at, pem] of found.entries()) {
    try {
      new X509Certificate(pem);
    } catch {
      throw new Error(`EXTRA_CA_CERTS names ${file}, whose certificate ${at + 1} cannot be read`);
    }
  }
  return found.map((pem) => `${pem}\n`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`EXTRA_CA_CERTS names ${file}, which cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** @throws Error when a variable cannot be understood. */
export function readSettings(root: string, env: Record<string, string | undefined>): Settings {
  const port = Number(env['PORT'] || 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT must be a number from 0 to 65535, not ${JSON.stringify(env['PORT'])}`);
  }
  const cronEveryMs = Number(env['CRON_MS'] || 60_000);
  if (!(cronEveryMs >= 1_000)) {
    throw new Error(`CRON_MS must be 1000 or more, not ${JSON.stringify(env['CRON_MS'])}`);
  }
  const egressAllow = (env['EGRESS_ALLOW'] || 'public,local,private').split(',').map((part) => part.trim());
  const unknown = egressAllow.find((part) => !/^(public|private|local|[0-9a-f.:]+\/\d{1,3})$/.test(part));
  if (unknown !== undefined) {
    throw new Error(`EGRESS_ALLOW takes public, private, local and CIDR ranges, not ${JSON.stringify(unknown)}`);
  }
  const trustedProxies = (env['TRUSTED_PROXIES'] || '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const odd = trustedProxies.find((part) => !/^[0-9a-f.:]+\/\d{1,3}$/.test(part));
  if (odd !== undefined) throw new Error(`TRUSTED_PROXIES takes CIDR ranges, not ${JSON.stringify(odd)}`);
  const host = env['HOST'] || '127.0.0.1';
  const known = port === 0 ? undefined : `http://${reachable(host, port)}`;
  return {
    root,
    worker: 'millrace',
    dataDir: resolve(env['DATA_DIR'] || 'data'),
    host,
    port,
    publicUrl: env['PUBLIC_URL']?.replace(/\/+$/, '') || known,
    egressAllow,
    trustedCertificates: certificatesIn(env['EXTRA_CA_CERTS']),
    trustedProxies,
    cronEveryMs,
    passed: Object.fromEntries(PASSED.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
  };
}
