/** What the engines and the shared checks object to in a design. */
import { checkDesign, checkTogether, engineContext, findEngine } from '../engines/index.js';
import type { Cluster, Finding, Topology, Waiver } from '../topology/index.js';
import type { EngineLookup } from './models.js';
import { refusedSteps } from './scenario/refused-steps.js';

export interface FindingOptions {
    /** ISO day by which waivers are judged; the current one, in UTC, unless said. */
    readonly today?: string;
    readonly engines?: EngineLookup;
}

/** Findings of all clusters in order of declaration. One that the cluster waives becomes information until its day. */
export function collectFindings(topology: Topology, options: FindingOptions = {}): readonly Finding[] {
    const today = options.today ?? new Date().toISOString().slice(0, 10);
    const lookup = options.engines ?? findEngine;
    const perCluster = topology.clusters.flatMap((cluster) =>
        engineFindings(topology, cluster, lookup).map((finding) => waived(finding, cluster.waivers, today)),
    );
    const isSound = !perCluster.some(({ severity }) => severity === 'error');
    return [...perCluster, ...checkTogether(topology), ...(isSound ? refusedSteps(topology, lookup) : [])];
}

function engineFindings(topology: Topology, cluster: Cluster, lookup: EngineLookup): readonly Finding[] {
    const engine = lookup(cluster.engine);
    return engine === undefined ? [] : checkDesign(engine, engineContext(topology, cluster, engine));
}

/** ISO days are in order when their texts are. */
function waived(finding: Finding, waivers: readonly Waiver[], today: string): Finding {
    const waiver = waivers.find(({ code }) => code === finding.code);
    if (waiver === undefined) {
        return finding;
    }
    const reason = waiver.reason.replace(/\.$/, '');
    if (waiver.until !== undefined && waiver.until < today) {
        return { ...finding, message: `${finding.message} It was accepted until ${waiver.until}: ${reason}.` };
    }
    const until = waiver.until === undefined ? '' : ` until ${waiver.until}`;
    return { ...finding, severity: 'information', message: `${finding.message} Accepted${until}: ${reason}.` };
}
