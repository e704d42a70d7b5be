/** What the checks ask about a Hadoop cluster. */
import type { Cluster, Finding, Fix, Member, Topology } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { rackOf } from '../roles.js';

/** A finding about the cluster as a whole. */
export function about({ cluster }: EngineContext, finding: Omit<Finding, 'source'>): readonly Finding[] {
    return [{ ...finding, source: cluster.source }];
}

export function setting({ cluster }: EngineContext, title: string, key: string, value: string): Fix {
    return { kind: 'set-setting', title, declaration: cluster.source, key, value };
}

export function added({ cluster }: EngineContext, title: string, text: string): Fix {
    return { kind: 'add-statement', title, declaration: cluster.source, text };
}

/** How long a DataNode is silent before its blocks are copied anew, at the least; in ms (DatanodeManager.java). */
export function silenceUntilDead(context: EngineContext): number {
    return (
        2 * context.duration('dfs.namenode.heartbeat.recheck-interval') +
        10 * context.duration('dfs.heartbeat.interval')
    );
}

/** The racks in which these members stand. */
export function racksOf({ topology }: EngineContext, members: readonly Member[]): ReadonlySet<string> {
    return new Set(members.map(({ node }) => rackOf(topology.nodes[node]!)));
}

/** Whether an objective asks the cluster, or a part of it, to survive failures. */
export function mustSurvive(topology: Topology, cluster: Cluster): boolean {
    return topology.objectives.some(
        ({ targets, clauses }) =>
            clauses.some(({ kind }) => kind === 'tolerate') &&
            targets.some((target) => target.kind !== 'workload' && target.cluster === cluster.id),
    );
}
