import { MisuseError } from '../exit.js';
import { suggest } from '../output/suggest.js';
import type { Document } from '../rooms.js';
import type { Scenario } from '../../topology/index.js';

/** More names than this help nobody. */
const LISTED_NAMES = 30;

/** The scenario of that name. Throws {@link MisuseError} that says what is likely meant and what there is. */
export function scenarioNamed(name: string, document: Document): Scenario {
    const { scenarios } = document.topology;
    const scenario = scenarios.find((candidate) => candidate.name === name);
    if (scenario === undefined) {
        const names = scenarios.map((candidate) => candidate.name);
        throw new MisuseError(`${document.file.name} has no scenario ${name}.`, nameHints(name, names, 'scenario'));
    }
    return scenario;
}

/** Lines that help somebody who gave a name that there is not. */
export function nameHints(name: string, names: readonly string[], noun: string): string[] {
    if (names.length === 0) {
        return [`There is no ${noun} at all.`];
    }
    const meant = suggest(name, names);
    const listed = names.slice(0, LISTED_NAMES).map((candidate) => `  ${candidate}`);
    const more = names.length > LISTED_NAMES ? [`  … and ${names.length - LISTED_NAMES} more`] : [];
    return [...(meant === undefined ? [] : [`Did you mean ${meant}?`]), `Every ${noun} there is:`, ...listed, ...more];
}
