import {
    shardsOf,
    type Cluster,
    type NodeId,
    type Operation,
    type Setting,
    type ShardId,
    type Topology,
} from '../topology/index.js';
import type { Attempt, Cause, ClusterBehaviour, Lack, NodeOrNone } from './behaviour.js';

/** A client inside a cluster waits this long for what it needs. */
const NEED_TIMEOUT_MS = 1000;
/** Clusters that need each other in a circle are asked no deeper than this. */
const MAX_DEPTH = 16;
const NO_SETTINGS: readonly Setting[] = [];

interface Needed {
    /** `writes of orders` */
    readonly text: string;
    readonly operation: Operation;
    readonly shard: ShardId;
}

/** What a cluster cannot answer without, asked for from each of its nodes by itself. */
export class Needs {
    private static depth = 0;
    private readonly needed: readonly Needed[];
    /** What each node lacked last: it asks for that first, so that a long outage elsewhere is cheap to follow. */
    private readonly lacked = new Map<NodeId, Needed>();
    /** Why what was found missing last did not answer. */
    private cause: Cause = -1;

    constructor(
        topology: Topology,
        { needs }: Cluster,
        private readonly behaviourOf: (shard: ShardId) => ClusterBehaviour,
        private readonly lastEventAbout: (shard: ShardId, node: NodeOrNone) => Cause,
    ) {
        this.needed = needs
            .filter(({ kind }) => kind === 'needs')
            .flatMap(({ operation, target }) =>
                shardsOf(topology, target).map((shard) => ({
                    text: `${operation}s of ${target.text}`,
                    operation,
                    shard,
                })),
            );
    }

    /** What does not answer the node now; undefined: everything does. */
    missingAt(node: NodeId): Lack | undefined {
        if (this.needed.length === 0 || Needs.depth >= MAX_DEPTH) {
            return undefined;
        }
        Needs.depth++;
        try {
            const missing = this.firstMissing(node);
            return missing && { what: missing.text, cause: this.cause };
        } finally {
            Needs.depth--;
        }
    }

    private firstMissing(node: NodeId): Needed | undefined {
        const last = this.lacked.get(node);
        if (last !== undefined && !this.answers(node, last)) {
            return last;
        }
        const missing = this.needed.find((each) => each !== last && !this.answers(node, each));
        if (missing !== last) {
            if (missing === undefined) {
                this.lacked.delete(node);
            } else {
                this.lacked.set(node, missing);
            }
        }
        return missing;
    }

    private answers(client: NodeId, needed: Needed): boolean {
        const first = this.ask(client, needed, 0, -1);
        if (first.outcome === 'ok' || this.ask(client, needed, 1, first.node).outcome === 'ok') {
            return true;
        }
        this.cause = first.cause ?? this.lastEventAbout(needed.shard, first.node);
        return false;
    }

    private ask(client: NodeId, { shard, operation }: Needed, attempt: number, previous: NodeOrNone): Attempt {
        return this.behaviourOf(shard).attempt({
            client,
            shard,
            operation,
            fromReplicas: false,
            timeoutMs: NEED_TIMEOUT_MS,
            settings: NO_SETTINGS,
            attempt,
            previous,
        });
    }
}
