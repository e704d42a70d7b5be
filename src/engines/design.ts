/** What an expert would object to in the design of a cluster. */
import type { Finding } from '../topology/index.js';
import type { Engine, EngineContext } from './engine.js';
import { checkWriteAddress } from './shared/checks/addresses.js';
import { checkCopies } from './shared/checks/copies.js';
import { checkLoad } from './shared/checks/load.js';
import { checkQuorum } from './shared/checks/quorum.js';

/** Findings of the engine, and those that are looked for alike in every system. */
export function checkDesign(engine: Engine, context: EngineContext): readonly Finding[] {
    return [
        ...engine.check(context),
        ...engine.quorums(context).flatMap((quorum) => checkQuorum(context, quorum)),
        ...checkCopies(context),
        ...checkLoad(context),
        ...checkWriteAddress(context),
    ];
}
