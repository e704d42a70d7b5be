import { ExitCode, MisuseError } from '../exit.js';
import type { Sources } from '../input/sources.js';
import { problemLine } from '../input/workspace.js';
import type { Document } from '../rooms.js';
import type { Session } from '../session.js';
import { reportMisread } from './misread.js';
import { closest } from '../../topology/index.js';

/** More names than this help nobody. */
const LISTED_NAMES = 30;

/**
 * Tells on stderr why a scenario cannot be run that is not in the topology. Throws {@link MisuseError} if there is none
 * of that name, with what is likely meant and what there is.
 */
export function reportUnplayable(name: string, document: Document, sources: Sources, session: Session): ExitCode {
    const misread = reportMisread(document, sources, session);
    const { broken, file } = document;
    const declared = broken.find((each) => each.kind === 'scenario' && each.name === name);
    if (declared !== undefined) {
        session.console.say([problemLine(`${file.name}, scenario ${name}: ${declared.message}`)]);
        return ExitCode.Findings;
    }
    const unread = misread === ExitCode.Clean ? '' : ' that could be read';
    throw new MisuseError(`${file.name} has no scenario ${name}${unread}.`, scenarioHints(document, name));
}

/** Lines that tell which scenarios a file has, those that cannot be run included. */
export function scenarioHints({ topology, broken }: Document, name?: string): string[] {
    const unplayable = broken.filter((each) => each.kind === 'scenario');
    return nameHints(
        name,
        [...topology.scenarios, ...unplayable].map((each) => each.name),
        'scenario',
    );
}

/** Lines that help somebody who gave a name that there is not, or none. */
export function nameHints(name: string | undefined, names: readonly string[], noun: string): string[] {
    if (names.length === 0) {
        return [`There is no ${noun} at all.`];
    }
    const meant = name === undefined ? undefined : closest(name, names);
    const listed = names.slice(0, LISTED_NAMES).map((candidate) => `  ${candidate}`);
    const more = names.length > LISTED_NAMES ? [`  … and ${names.length - LISTED_NAMES} more`] : [];
    return [...(meant === undefined ? [] : [`Did you mean ${meant}?`]), `Every ${noun} there is:`, ...listed, ...more];
}
