import { publicKeyOf } from './certificate.ts';
import { SamlError } from './error.ts';
import { readMetadata } from './metadata.ts';
import type { SamlAnswer, SamlAsk } from './protocol.ts';
import { readResponse } from './response.ts';

/** Hostile XML is read here: a Worker of its own, without network, storage or secrets. */
// oxlint-disable-next-line import/no-default-export -- workerd needs it
export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(answer((await request.json()) as SamlAsk));
  },
};

function answer(ask: SamlAsk): SamlAnswer {
  try {
    switch (ask.do) {
      case 'response':
        return { ok: true, login: readResponse(ask.response, { ...ask.expected, request: ask.expected.request }) };
      case 'metadata':
        return { ok: true, metadata: readMetadata(ask.xml) };
      case 'key':
        return { ok: true, key: publicKeyOf(ask.certificate) };
    }
  } catch (error) {
    if (error instanceof SamlError) return { ok: false, code: error.code, message: error.message };
    // What breaks a parser is no message of SAML.
    console.error(JSON.stringify({ level: 'error', saml: String(error).slice(0, 500) }));
    return { ok: false, code: 'saml-invalid', message: 'It cannot be read' };
  }
}
