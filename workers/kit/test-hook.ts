const encoder = new TextEncoder();
/** Of a path below /hooks/{tenant}/: no environment is called so. */
export const TEST_PREFIX = '~~/';
const TOKEN = /^(wf_[0-9a-z]{1,40})\.([0-9a-z]{1,12})\.([0-9a-f]{64})$/;

interface TestHook {
  tenant: string;
  workflow: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

async function keyOf(deploymentKey: string): Promise<CryptoKey> {
  const secret = encoder.encode(`test-hook:${deploymentKey}`);
  return crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

const said = ({ tenant, workflow, expiresAt }: TestHook): Uint8Array<ArrayBuffer> =>
  new Uint8Array(encoder.encode(JSON.stringify([tenant, workflow, expiresAt])));

/** What makes an address of a draft callable for a while. Nothing is stored: the address itself says it. */
export async function testToken(hook: TestHook, deploymentKey: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', await keyOf(deploymentKey), said(hook)));
  const signature = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hook.workflow}.${hook.expiresAt.toString(36)}.${signature}`;
}

/** The workflow a token of this tenant is for; undefined when it is none, or no longer one. */
export async function workflowOfToken(
  token: string,
  { tenant, deploymentKey, nowMs }: { tenant: string; deploymentKey: string; nowMs: number },
): Promise<string | undefined> {
  const [, workflow = '', expires = '', signature = ''] = TOKEN.exec(token) ?? [];
  if (workflow === '') return undefined;
  const expiresAt = parseInt(expires, 36);
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const isOurs = await crypto.subtle.verify(
    'HMAC',
    await keyOf(deploymentKey),
    bytes,
    said({ tenant, workflow, expiresAt }),
  );
  return isOurs && expiresAt > nowMs ? workflow : undefined;
}
