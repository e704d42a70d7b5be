/** What is untrue or unexplained in a trace, as a person on call would find it who asks of every line: why? */
import type { NodeId, Scenario, Topology } from '../../../src/topology/index.js';
import type { Run, TraceEvent } from '../../../src/simulator/index.js';
import { clustersBehind, strikes, type Struck } from './struck.js';

/** A sentence for each event whose cause is missing, later, of another cluster, or no reason for what it is told to explain. */
export function causeFlaws(topology: Topology, scenario: Scenario, run: Run): readonly string[] {
    const { trace } = run;
    const first = trace.findIndex(({ kind }) => kind === 'fault');
    const walk = new Walk(topology, scenario, trace);
    return trace.flatMap((event, index) => {
        if (event.kind === 'fault' || first < 0 || index < first) {
            return [];
        }
        const flaw = walk.flawOf(event, index);
        return flaw === undefined
            ? []
            : [`${flaw}: #${index} ${said(event)}\n        <- ${walk.path(index).map(said).join('\n        <- ')}`];
    });
}

class Walk {
    /** What begins each failure that has not ended, by its subject. */
    private readonly open = new Map<string, { readonly event: TraceEvent; readonly index: number }>();
    private readonly faults: ReadonlyMap<TraceEvent, Struck>;

    constructor(
        private readonly topology: Topology,
        scenario: Scenario,
        private readonly trace: readonly TraceEvent[],
    ) {
        this.faults = strikes(topology, scenario, trace);
    }

    flawOf(event: TraceEvent, index: number): string | undefined {
        const cause = this.trace[event.cause];
        if (cause === undefined) {
            return 'no cause';
        }
        if (event.cause >= index) {
            return 'caused by what comes later';
        }
        if (!this.concerns(event, cause)) {
            return 'caused by a cluster that it has nothing to do with';
        }
        return event.kind === 'client' ? this.clientFlaw(event, index, cause) : undefined;
    }

    /** What led to the event, the nearest first. */
    path(index: number): readonly TraceEvent[] {
        const { cause } = this.trace[index]!;
        return cause < 0 || cause >= index ? [] : [this.trace[cause]!, ...this.path(cause)];
    }

    private concerns({ cluster }: TraceEvent, cause: TraceEvent): boolean {
        return (
            cause.kind === 'fault' ||
            cluster === undefined ||
            cause.cluster === undefined ||
            clustersBehind(this.topology, cluster).has(cause.cluster)
        );
    }

    private clientFlaw(event: TraceEvent, index: number, cause: TraceEvent): string | undefined {
        const [, subject = '', verb, reason = ''] =
            /^(.*?: (?:reads|writes) of \S+) (fail|succeed)(.*)$/.exec(event.text) ?? [];
        const begun = this.open.get(subject);
        this.open.delete(subject);
        if (verb === 'succeed') {
            return reason.endsWith('for the first time') ? undefined : this.endFlaw(event, cause, begun);
        }
        if (!reason.startsWith(' for ')) {
            this.open.set(subject, { event, index });
        }
        return this.beginFlaw(event, index, reason);
    }

    private beginFlaw(event: TraceEvent, index: number, reason: string): string | undefined {
        const root = this.root(event);
        const struck = this.faults.get(root);
        if (struck === undefined) {
            return 'a failure that leads back to no fault';
        }
        const named = this.nodesNamed(event, reason);
        const path = this.path(index);
        if (/refuses (the )?connection/.test(reason) || /does not answer/.test(reason)) {
            return struck.everyone ||
                named.length === 0 ||
                named.some(
                    (node) => struck.nodes.has(node) || path.some((each) => each.node === node || each.peer === node),
                )
                ? undefined
                : 'a failure whose fault did not strike the node';
        }
        const cluster = this.topology.clusters[event.cluster!]!;
        const concerned = [...clustersBehind(this.topology, cluster.id)].flatMap(
            (id) => this.topology.clusters[id]!.members,
        );
        return struck.everyone || concerned.some(({ node }) => struck.nodes.has(node))
            ? undefined
            : 'a failure whose fault struck nothing of its cluster';
    }

    private endFlaw(
        event: TraceEvent,
        cause: TraceEvent,
        begun: { readonly event: TraceEvent; readonly index: number } | undefined,
    ): string | undefined {
        if (begun === undefined) {
            return 'an end without a beginning';
        }
        if (begun.event.atMs === event.atMs) {
            return 'a failure that ends when it begins';
        }
        if (event.cause === begun.index) {
            // Nothing changed: clients have turned elsewhere.
            return undefined;
        }
        if (event.cause === begun.event.cause) {
            return 'an end by what began it';
        }
        if (event.cause < begun.event.cause) {
            return 'an end by what was before it began';
        }
        if (cause.kind === 'suspicion' || cause.kind === 'loss' || cause.kind === 'client') {
            return `an end by a ${cause.kind}`;
        }
        return undefined;
    }

    private root(event: TraceEvent): TraceEvent {
        const cause = this.trace[event.cause];
        return cause === undefined ? event : this.root(cause);
    }

    private nodesNamed({ cluster }: TraceEvent, text: string): readonly NodeId[] {
        return this.topology.clusters[cluster!]!.members.map(({ node }) => this.topology.nodes[node]!)
            .filter(({ name }) => new RegExp(`(^|[^\\w-])${name}($|[^\\w-])`).test(text))
            .map(({ id }) => id);
    }
}

function said({ atMs, kind, text }: TraceEvent): string {
    return `${(atMs / 1000).toFixed(3)} ${kind}: ${text}`;
}
