/** `faultline draw --scenario NAME --at 42s`: what of a run a picture is to show. */
import type { ShownInstant } from '../../diagram/index.js';
import { ExitCode, MisuseError } from '../exit.js';
import type { Sources } from '../input/sources.js';
import { problemLine } from '../input/workspace.js';
import type { Document } from '../rooms.js';
import type { Session } from '../session.js';
import { reportUnplayable } from './scenario.js';

export interface InstantOptions {
    readonly scenario?: string;
    /** Milliseconds from the start of the scenario. */
    readonly at?: number;
    readonly seed?: number;
}

/** Undefined where the file is drawn as it is declared. Throws a MisuseError for half of a wish. */
export function wishedInstant(options: InstantOptions): Required<Pick<InstantOptions, 'scenario' | 'at'>> | undefined {
    const { scenario, at, seed } = options;
    if (scenario !== undefined && at !== undefined) {
        return { scenario, at };
    }
    if (scenario !== undefined) {
        throw new MisuseError('Say with --at which instant of the run to draw, such as --at 42s.');
    }
    if (at !== undefined || seed !== undefined) {
        throw new MisuseError('Say with --scenario NAME of which run to draw an instant.');
    }
    return undefined;
}

/** Runs the scenario; an exit code where it cannot be run, which has been said then. */
export async function shownInstant(
    wish: Required<Pick<InstantOptions, 'scenario' | 'at'>>,
    seed: number | undefined,
    { document, sources }: { readonly document: Document; readonly sources: Sources },
    session: Session,
): Promise<ShownInstant | ExitCode> {
    const { topology } = document;
    const scenario = topology.scenarios.find(({ name }) => name === wish.scenario);
    if (scenario === undefined) {
        return reportUnplayable(wish.scenario, document, sources, session);
    }
    if (wish.at > scenario.untilMs) {
        const end = `${scenario.untilMs / 1_000}s`;
        throw new MisuseError(`${wish.scenario} is over at ${end}: there is nothing to draw after that.`);
    }
    const analysis = await session.rooms.analysis();
    const result = await analysis.run(topology, scenario, seed ?? scenario.seed);
    if (result.verdict.status === 'error' && result.run.events === 0) {
        session.console.say(result.verdict.notes.map(problemLine));
        return ExitCode.Findings;
    }
    return session.rooms.instantOf(topology, result, wish.at);
}
