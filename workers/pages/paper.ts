import { newRequestId, SECURITY_HEADERS } from '../kit/response.ts';

// What arrives is a stranger's: it stands in a frame without scripts, and the policy below lets nothing of it out.
const SCRIPT = `
addEventListener('message', ({ source, data }) => {
  if (source !== parent || typeof data?.page !== 'string') return;
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', '');
  frame.title = String(data.title);
  frame.srcdoc = data.page;
  document.body.replaceChildren(frame);
});`;
const STYLE = 'html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block;background:#fff}';

/** Styles and pictures that the page brings itself, and nothing from anywhere; of scripts only ours. */
const policyOf = (nonce: string): string =>
  `sandbox allow-scripts; default-src 'none'; script-src 'nonce-${nonce}'; style-src 'unsafe-inline'; ` +
  "img-src data:; font-src data:; media-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/**
 * `GET /paper`: an empty page with an origin of nobody's, on which the app draws what workflows made (HTML, Markdown):
 * see `web/data/paper.tsx`. The app's own policy would forbid the styles of such a page.
 */
export function servePaper(): Response {
  const nonce = crypto.randomUUID();
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policyOf(nonce),
    'x-frame-options': 'SAMEORIGIN',
    'cache-control': 'no-store',
    'x-request-id': newRequestId(),
  };
  const head = `<meta charset="utf-8"><title>Preview</title><style>${STYLE}</style>`;
  return new Response(
    `<!doctype html><html lang="en"><head>${head}<script nonce="${nonce}">${SCRIPT}</script></head><body></body></html>`,
    { headers },
  );
}
