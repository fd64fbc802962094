import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ensureTool } from '../../scripts/system-tools.ts';
import { type Daemon, startDaemon } from './daemon.ts';

export interface Sshd extends Daemon {
  username: string;
  /** A key that may log in. */
  privateKey: string;
  /** `SHA256:…` of the host's key. */
  fingerprint: string;
}

/** Debian's OpenSSH server for this account, on a port of its own. Undefined where it cannot be had. */
export async function startSshd(): Promise<Sshd | undefined> {
  const program = ensureTool('sshd', 'openssh-server');
  if (!program) return undefined;
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  let made: { privateKey: string; fingerprint: string } | undefined;
  const daemon = await startDaemon(program, ({ folder, port }) => {
    const [host, user] = [join(folder, 'host'), join(folder, 'user')];
    for (const key of [host, user]) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    copyFileSync(`${user}.pub`, join(folder, 'authorized'));
    chmodSync(join(folder, 'authorized'), 0o600);
    const options = {
      Port: port,
      ListenAddress: '127.0.0.1',
      HostKey: host,
      AuthorizedKeysFile: join(folder, 'authorized'),
      PidFile: 'none',
      StrictModes: 'no',
      UsePAM: 'no',
      PermitRootLogin: 'yes',
      PasswordAuthentication: 'no',
      Subsystem: 'sftp internal-sftp',
    };
    const text = Object.entries(options).map(([name, value]) => `${name} ${value}\n`);
    writeFileSync(join(folder, 'config'), text.join(''));
    const printed = execFileSync('ssh-keygen', ['-lf', `${host}.pub`], { encoding: 'utf8' });
    made = { privateKey: readFileSync(user, 'utf8'), fingerprint: printed.split(' ')[1] ?? '' };
    return ['-D', '-e', '-f', join(folder, 'config')];
  });
  return { ...daemon, username: userInfo().username, privateKey: '', fingerprint: '', ...made };
}
