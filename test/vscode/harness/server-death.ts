/** The end of a language server's process as a crash of it would be: nobody is told, nothing is put in order. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Session } from './session.js';

/** @returns how many processes were ended */
export async function killLanguageServer(session: Session): Promise<number> {
    const script = join(await session.installedIn(), 'dist', 'server.js');
    const found = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes(script))
        .map((line) => Number.parseInt(line.trim(), 10));
    found.forEach((pid) => process.kill(pid, 'SIGKILL'));
    return found.length;
}
