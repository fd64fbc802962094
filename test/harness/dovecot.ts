import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTool } from '../../scripts/system-tools.ts';
import { type Daemon, startDaemon } from './daemon.ts';

export interface Dovecot extends Daemon {
  user: string;
  password: string;
  /** The Maildir of the user. */
  maildir: string;
}

/** Debian's Dovecot with one mailbox. It changes accounts, so it needs root; undefined where it cannot be had. */
export async function startDovecot(tls?: { key: string; cert: string }): Promise<Dovecot | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const program = ensureTool('dovecot', 'dovecot-imapd');
  if (!program) return undefined;
  const [user, password] = ['ada', 'canary "imap" pässword'];
  const daemon = await startDaemon(program, ({ folder, port }) => {
    chmodSync(folder, 0o755);
    const maildir = join(folder, 'mail', user);
    mkdirSync(maildir, { recursive: true });
    for (const place of [join(folder, 'mail'), maildir]) chmodSync(place, 0o777);
    writeFileSync(join(folder, 'passwd'), `${user}:{PLAIN}${password}\n`, { mode: 0o644 });
    if (tls) {
      writeFileSync(join(folder, 'key.pem'), tls.key);
      writeFileSync(join(folder, 'cert.pem'), tls.cert);
    }
    const text = `
      base_dir = ${folder}/run
      state_dir = ${folder}/state
      log_path = /dev/stderr
      listen = 127.0.0.1
      protocols = imap
      ssl = ${tls ? 'yes' : 'no'}
      ${tls ? `ssl_cert = <${folder}/cert.pem\n      ssl_key = <${folder}/key.pem` : ''}
      disable_plaintext_auth = no
      auth_mechanisms = plain
      mail_location = maildir:${folder}/mail/%u
      first_valid_uid = 1
      passdb {
        driver = passwd-file
        args = ${folder}/passwd
      }
      userdb {
        driver = static
        args = uid=nobody gid=nogroup home=${folder}/mail/%u
      }
      service imap-login {
        chroot =
        inet_listener imap {
          port = ${port}
        }
        inet_listener imaps {
          port = 0
        }
      }
      service stats {
        unix_listener stats-writer {
          mode = 0666
        }
      }
      namespace inbox {
        inbox = yes
        mailbox "Größe & Co" {
          auto = create
        }
      }
    `;
    writeFileSync(join(folder, 'dovecot.conf'), text);
    return ['-F', '-c', join(folder, 'dovecot.conf')];
  });
  return { ...daemon, user, password, maildir: join(daemon.folder, 'mail', user) };
}
