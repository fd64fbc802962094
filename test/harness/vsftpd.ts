import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTool } from '../../scripts/system-tools.ts';
import { type Daemon, startDaemon } from './daemon.ts';

/** Debian's vsftpd with one writable folder, `files`, for `anonymous`. Undefined where it cannot be had. */
export async function startVsftpd(): Promise<Daemon | undefined> {
  const program = ensureTool('vsftpd');
  if (!program) return undefined;
  return startDaemon(program, ({ folder, port }) => {
    mkdirSync(join(folder, 'files'));
    const options = {
      listen: 'YES',
      listen_ipv6: 'NO',
      listen_address: '127.0.0.1',
      listen_port: port,
      run_as_launching_user: 'YES',
      background: 'NO',
      anonymous_enable: 'YES',
      anon_root: join(folder, 'files'),
      write_enable: 'YES',
      anon_upload_enable: 'YES',
      anon_mkdir_write_enable: 'YES',
      anon_other_write_enable: 'YES',
      anon_umask: '022',
      xferlog_enable: 'NO',
      seccomp_sandbox: 'NO',
    };
    const config = join(folder, 'vsftpd.conf');
    writeFileSync(
      config,
      Object.entries(options)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
      { mode: 0o600 },
    );
    return [config];
  });
}
