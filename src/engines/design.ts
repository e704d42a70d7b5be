/** What an expert would object to in the design of a cluster. */
import type { Finding, Topology } from '../topology/index.js';
import type { Engine, EngineContext } from './engine.js';
import { checkSharedAddresses, checkWriteAddress } from './shared/checks/addresses.js';
import { checkCircles, checkCopiesOfItself } from './shared/checks/circles.js';
import { checkCopies } from './shared/checks/copies.js';
import { checkAddressForms, checkEndpointKinds } from './shared/checks/endpoints.js';
import { checkLoad } from './shared/checks/load.js';
import { checkQuorum } from './shared/checks/quorum.js';
import { checkRoutes } from './shared/checks/routes.js';
import { checkSpread } from './shared/checks/spread.js';
import { checkSettingVersions } from './shared/checks/versions.js';

/** Findings of the engine, and those that are looked for alike in every system. */
export function checkDesign(engine: Engine, context: EngineContext): readonly Finding[] {
    const own = engine.check(context);
    const said = saidAlready(own, engine);
    const ruleIsTold = said.get(context.cluster.source)?.has('topology/copies-in-one-zone') === true;
    const shared = [
        ...engine.quorums(context).flatMap((quorum) => checkQuorum(context, quorum)),
        ...checkCopies(engine, context, ruleIsTold),
        ...checkLoad(context),
        ...checkWriteAddress(context),
        ...checkEndpointKinds(engine, context),
        ...checkSpread(engine, context),
        ...checkSettingVersions(engine, context),
    ];
    return [...own, ...shared.filter(({ code, source }) => !said.get(source)?.has(code))];
}

/** Shared codes that the engine’s own findings replace, by the place: one fact is one finding. */
function saidAlready(
    findings: readonly Finding[],
    engine: Engine,
): ReadonlyMap<Finding['source'], ReadonlySet<string>> {
    const replaced = new Map(engine.codes.map(({ code, replaces }) => [code, replaces]));
    const said = new Map<Finding['source'], Set<string>>();
    for (const { code, source } of findings) {
        const shared = replaced.get(code);
        if (shared !== undefined) {
            said.set(source, (said.get(source) ?? new Set()).add(shared));
        }
    }
    return said;
}

/** What is objected to in how the clusters of a file stand to each other. */
export function checkTogether(topology: Topology): readonly Finding[] {
    return [
        ...checkSharedAddresses(topology),
        ...checkAddressForms(topology),
        ...checkRoutes(topology),
        ...checkCircles(topology),
        ...checkCopiesOfItself(topology),
    ];
}
