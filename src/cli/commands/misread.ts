import type { Finding } from '../../topology/index.js';
import { ExitCode } from '../exit.js';
import type { Sources } from '../input/sources.js';
import { findingLines } from '../reporters/diagnostics.js';
import type { Document } from '../rooms.js';
import type { Session } from '../session.js';

/**
 * Tells on stderr what in a file is not understood, and gives the code for it; {@link ExitCode.Clean} without a word
 * for a file that is. A scenario that cannot be read must not count as one that is not there.
 */
export function reportMisread(document: Document, sources: Sources, session: Session): ExitCode {
    const errors = document.findings.filter(isMisreading);
    session.console.say(errors.flatMap((finding) => findingLines(finding, sources)));
    return errors.length === 0 ? ExitCode.Clean : ExitCode.Findings;
}

/** Whether a finding is about the text rather than about the design that it describes. */
function isMisreading({ code, severity }: Finding): boolean {
    return severity === 'error' && code.startsWith('language/');
}
