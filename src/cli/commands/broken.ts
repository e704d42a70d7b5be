import { ExitCode } from '../exit.js';
import type { Sources } from '../input/sources.js';
import { findingLines } from '../reporters/diagnostics.js';
import type { Document } from '../rooms.js';
import type { Session } from '../session.js';

/**
 * Tells on stderr why a file that is not understood cannot be used, and gives the code for it;
 * {@link ExitCode.Clean} without a word for one that is understood.
 */
export function reportIfBroken(document: Document, sources: Sources, session: Session): ExitCode {
    if (!document.broken) {
        return ExitCode.Clean;
    }
    const errors = document.findings.filter((finding) => finding.severity === 'error');
    session.console.say([
        ...errors.flatMap((finding) => findingLines(finding, sources)),
        [`Nothing in ${document.file.name} can be run before these errors are mended.`],
    ]);
    return ExitCode.Findings;
}
