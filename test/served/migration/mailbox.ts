import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server that keeps what it gets: user `ada`, password `secret`. */
export class Mailbox {
  readonly mails: readonly Email[];
  readonly port: number;
  private readonly server: SMTPServer;

  private constructor(server: SMTPServer, mails: readonly Email[]) {
    this.server = server;
    this.mails = mails;
    this.port = (server.server.address() as AddressInfo).port;
  }

  static async open(): Promise<Mailbox> {
    const mails: Email[] = [];
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) =>
        username === 'ada' && password === 'secret' ? done(null, { user: 'ada' }) : done(new Error('refused')),
      onData(stream, _, done) {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          void PostalMime.parse(Buffer.concat(parts)).then((mail) => {
            mails.push(mail);
            done();
          });
        });
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return new Mailbox(server, mails);
  }

  close(): void {
    this.server.close();
  }
}
