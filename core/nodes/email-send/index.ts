import type { Json } from '../../data/item.ts';
import { callsNode, credentialOf } from '../../node/calls.ts';
import { type CompileKit, defineNode, NodeError, type NodeExecutor, type NodeType } from '../../node/kit.ts';
import { fileOf } from '../../node/transform.ts';
import { fields } from './fields.ts';
import type { MailCall } from './message.ts';

const ATTRIBUTION = 'This email was sent automatically with Millrace';

const textOf = (value: Json | undefined): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'string'
      ? value
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);

/** Which bodies a version sends. */
function bodies(kit: CompileKit): { text: boolean; html: boolean } {
  if (kit.node.version < 2) return { text: true, html: true };
  const format = textOf(kit.raw('emailFormat'));
  return { text: format === 'text' || format === 'both', html: format === 'html' || format === 'both' };
}

function refuseUnsupported(kit: CompileKit): void {
  if (kit.raw('options.allowUnauthorizedCerts') === true) {
    throw new NodeError('insecure-tls', 'Certificates are always checked; "Ignore SSL issues" cannot be used here.');
  }
  const operation = textOf(kit.raw('operation')) || 'send';
  if (operation !== 'send') {
    throw new NodeError('unsupported', `The operation '${operation}' is not available yet.`, {
      description: 'Send the mail, put $execution.resumeUrl into it, and put a Wait node after it.',
    });
  }
}

function compile(kit: CompileKit): NodeExecutor {
  const old = kit.node.version < 2;
  const option = (name: string) => kit.param<Json>(old && name !== 'replyTo' ? name : `options.${name}`, '');
  const [from, to, subject] = ['fromEmail', 'toEmail', 'subject'].map((name) => kit.param<Json>(name, '')) as [
    ReturnType<typeof option>,
    ReturnType<typeof option>,
    ReturnType<typeof option>,
  ];
  const [cc, bcc, replyTo, attachments] = [
    option('ccEmail'),
    option('bccEmail'),
    option('replyTo'),
    option('attachments'),
  ];
  const [text, html] = [kit.param<Json>('text', ''), kit.param<Json>('html', '')];
  const sends = bodies(kit);
  const attributed = kit.raw('options.appendAttribution') === true;
  return callsNode<MailCall>({
    kind: 'mail',
    class: 'unsafe',
    credential() {
      refuseUnsupported(kit);
      return credentialOf(kit, 'smtp');
    },
    make(step, itemIndex, item) {
      const scope = step.scope(itemIndex);
      const [plain, rich] = [textOf(text.at(scope)), textOf(html.at(scope))];
      const names = textOf(attachments.at(scope))
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean);
      const call: MailCall = {
        from: textOf(from.at(scope)),
        to: textOf(to.at(scope)),
        cc: textOf(cc.at(scope)),
        bcc: textOf(bcc.at(scope)),
        replyTo: textOf(replyTo.at(scope)),
        subject: textOf(subject.at(scope)),
        attachments: names.map((name) => fileOf(item, name, itemIndex)),
        key: `${step.stepKey}:${itemIndex}`,
      };
      if (sends.text && (plain !== '' || !sends.html)) {
        call.text = attributed ? `${plain}\n\n--\n${ATTRIBUTION}` : plain;
      }
      if (sends.html && (rich !== '' || !call.text)) {
        call.html = attributed ? `${rich}<br><br>---<br><em>${ATTRIBUTION}</em>` : rich;
      }
      return call;
    },
  });
}

export const node: NodeType = defineNode({
  type: 'email-send',
  title: 'Send Email',
  summary: 'Sends an e-mail per item through an SMTP server.',
  group: 'action',
  icon: 'send',
  n8n: { type: 'n8n-nodes-base.emailSend', versions: [1, 2, 2.1] },
  credential: () => 'smtp',
  version: 2.1,
  fields,
  defaults: (version) => (version < 2 ? {} : { emailFormat: version < 2.1 ? 'text' : 'html' }),
  usesSecrets: () => true,
  compile,
});
