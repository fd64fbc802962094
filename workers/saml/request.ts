/** Text in XML, in attributes too. */
const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

interface AuthnRequest {
  /** `_` and random characters: an XML id. */
  id: string;
  /** Our entity id. */
  issuer: string;
  /** Where the answer is to be posted. */
  recipient: string;
  signInUrl: string;
  nowMs: number;
  relayState: string;
}

/** The address a browser is sent to: redirect binding, deflated. */
export async function requestUrl({
  id,
  issuer,
  recipient,
  signInUrl,
  nowMs,
  relayState,
}: AuthnRequest): Promise<string> {
  const xml =
    `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"` +
    ` ID="${escapeXml(id)}" Version="2.0" IssueInstant="${new Date(nowMs).toISOString()}" Destination="${escapeXml(signInUrl)}"` +
    ` AssertionConsumerServiceURL="${escapeXml(recipient)}" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST">` +
    `<saml:Issuer>${escapeXml(issuer)}</saml:Issuer>` +
    `<samlp:NameIDPolicy AllowCreate="true" Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"/></samlp:AuthnRequest>`;
  const url = new URL(signInUrl);
  url.searchParams.set('SAMLRequest', await deflated(xml));
  url.searchParams.set('RelayState', relayState);
  return url.href;
}

async function deflated(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}

/** Our metadata, for the identity provider's administrator. */
export const serviceMetadata = ({ issuer, recipient }: { issuer: string; recipient: string }): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escapeXml(issuer)}">
  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escapeXml(recipient)}" index="0" isDefault="true"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;
