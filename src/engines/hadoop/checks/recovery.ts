/** Whether a scenario expects lost copies back before HDFS begins to make them. */
import {
    setDuration,
    type Fault,
    type Finding,
    type Node,
    type NodeId,
    type NodeSelector,
    type Scenario,
    type Selection,
    type Target,
} from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { isDatanode } from '../roles.js';
import { silenceUntilDead } from './cluster.js';

export function checkRecovery(context: EngineContext): readonly Finding[] {
    const deadMs = silenceUntilDead(context);
    return context.topology.scenarios.flatMap((scenario) =>
        scenario.expectations.flatMap((expectation): Finding[] => {
            if (expectation.kind !== 'replicated' || !isAbout(context, expectation.target)) {
                return [];
            }
            const lostAt = lastLoss(context, scenario, expectation.atMs);
            if (lostAt === undefined || expectation.atMs - lostAt >= deadMs) {
                return [];
            }
            return [
                {
                    code: 'hadoop/replicated-too-soon',
                    severity: 'warning',
                    message: `This expects all copies ${setDuration(expectation.atMs - lostAt)} after a DataNode is lost, and HDFS waits ${setDuration(deadMs)} before it begins to make them again.`,
                    help: 'Expect it later, or lower `dfs.namenode.heartbeat.recheck-interval`.',
                    source: expectation.source,
                },
            ];
        }),
    );
}

function isAbout({ cluster }: EngineContext, target: Target): boolean {
    return target.kind !== 'workload' && target.cluster === cluster.id;
}

/** When the last DataNode is lost before this time; undefined if any comes back later, since the others may have, too. */
function lastLoss(context: EngineContext, { steps }: Scenario, beforeMs: number): number | undefined {
    const earlier = steps.filter(({ atMs }) => atMs < beforeMs);
    // What is decommissioned has its copies elsewhere before it goes.
    const drained = earlier.flatMap(({ fault }) => (fault.kind === 'drain' ? named(fault.nodes) : []));
    const loss = earlier.findLastIndex(({ fault }) => losesDatanode(context, fault, drained));
    const comesBack = earlier.slice(loss + 1).some(({ fault }) => BACK.includes(fault.kind));
    return loss < 0 || comesBack ? undefined : earlier[loss]!.atMs;
}

const BACK: readonly Fault['kind'][] = ['restart', 'restore', 'unfreeze', 'heal'];

function losesDatanode(context: EngineContext, fault: Fault, drained: readonly NodeId[]): boolean {
    const isLost = (nodes: readonly NodeId[]): boolean =>
        context.cluster.members.some(
            (member) => isDatanode(member) && nodes.includes(member.node) && !drained.includes(member.node),
        );
    if (fault.kind === 'crash' || fault.kind === 'stop' || fault.kind === 'freeze') {
        return isLost(named(fault.nodes));
    }
    return (fault.kind === 'fail' || fault.kind === 'isolate') && isLost(selected(context, fault.selection));
}

function selected({ topology }: EngineContext, selection: Selection): readonly NodeId[] {
    if (selection.kind === 'nodes') {
        return named(selection.nodes);
    }
    const isInside = ({ zone, region }: Node): boolean =>
        selection.places.some((place) => (place.kind === 'zone' ? place.zone === zone : place.region === region));
    return topology.nodes.filter(isInside).map(({ id }) => id);
}

/** Nodes that are named themselves; whoever leads at that time is not known here. */
function named(selectors: readonly NodeSelector[]): readonly NodeId[] {
    return selectors.flatMap((selector) => (selector.kind === 'node' ? [selector.node] : []));
}
