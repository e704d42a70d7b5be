/** What a request meets: a node that coordinates it, and the copies that serve it. */
import {
    BASE_DELAY_MS,
    type Attempt,
    type AttemptContext,
    type Point,
    type Steadiness,
    type StreamContext,
} from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { steadinessOf } from '../../shared/simulation/index.js';
import type { Penalty } from '../penalty.js';
import { Answers } from './answers.js';
import { Contacts, type Seen } from './contacts.js';
import type { Disks } from './disks.js';
import type { Entries } from './entries.js';
import type { Peers } from './peers.js';
import { Reads } from './reads.js';
import type { ReplicationGroups } from './replication-groups.js';
import { Writes } from './writes.js';

/** Requests may end differently now, or may only be more alike than before. */
type RequestHooks = ConstructorParameters<typeof Contacts>[3];

export class Requests {
    private readonly contacts: Contacts;
    private readonly answers: Answers;
    private readonly reads: Reads;
    private readonly writes: Writes;

    constructor(
        private readonly peers: Peers,
        disks: Disks,
        groups: ReplicationGroups,
        entries: Entries,
        hooks: RequestHooks,
    ) {
        const answers = new Answers(peers);
        this.answers = answers;
        this.contacts = new Contacts(peers.world, entries, (point) => clientPenalty(peers, point), hooks);
        this.reads = new Reads(peers, disks, answers, hooks.narrowed);
        this.writes = new Writes(peers, groups, answers);
    }

    attempt(context: AttemptContext): Attempt {
        return context.client === this.peers.world.outside
            ? this.probed(context)
            : this.contacts.attempt(context, (entry) => this.requestsOf(context).attempt(context, entry));
    }

    /** How every such request ends as long as nothing changes. */
    steadiness(context: StreamContext): Steadiness {
        if (context.client === this.peers.world.outside) {
            return this.steadyProbe(context, this.probed(context));
        }
        const seen = this.contacts.seenBy(context.client);
        if (seen.nodes.length > 1 && !seen.isOpen) {
            return { kind: 'varies' };
        }
        const asked = seen.isOpen ? this.differing(context, seen) : seen.nodes;
        return steadinessOf(asked.map((entry) => this.answerOf(context, entry, seen)));
    }

    private requestsOf({ operation }: StreamContext): Reads | Writes {
        return operation === 'read' ? this.reads : this.writes;
    }

    /** Nodes of one kind answer alike: one of each is asked, and those that hold a copy where the way to it is longer for others. */
    private differing(context: StreamContext, { nodes }: Seen): readonly NodeId[] {
        const {
            world,
            context: { cluster },
        } = this.peers;
        if (cluster.needs.length > 0) {
            return nodes;
        }
        const copies = this.requestsOf(context).copies(context, nodes[0]!);
        const kinds = this.contacts.kindsFor(context.client, copies);
        const isFar = copies.some((copy) => kinds.some((entry) => this.answers.hop(entry, copy) > 2 * BASE_DELAY_MS));
        return isFar
            ? [
                  ...kinds,
                  ...copies.filter((copy) => nodes.includes(copy) && world.reach(context.client, copy) === 'open'),
              ]
            : kinds;
    }

    private answerOf(context: StreamContext, entry: NodeId, { nodes, fellows }: Seen): Attempt {
        const answer =
            context.operation === 'read'
                ? this.reads.alike(context, entry, fellows.get(this.peers.world.linksOf(entry)) ?? [entry])
                : this.writes.attempt(context, entry);
        // Who refuses says so by name, which is another for every node.
        return answer.outcome === 'error' &&
            nodes.length > 1 &&
            answer.reason.startsWith(`${this.peers.at(entry).name} `)
            ? { outcome: 'hang', node: entry, reason: answer.reason }
            : answer;
    }

    /** The probe asks all that it sees, and one good answer is enough. */
    private probed(context: StreamContext): Attempt {
        const { nodes } = this.contacts.seenBy(context.client);
        const kinds = this.peers.context.cluster.needs.length > 0 ? nodes : this.contacts.kindsFor(context.client, []);
        for (const entry of kinds) {
            const answer = this.probedAt(context, entry);
            if (answer.outcome === 'ok') {
                return answer;
            }
        }
        return this.probedAt(context, nodes[0]!);
    }

    private probedAt(context: StreamContext, entry: NodeId): Attempt {
        return context.operation === 'read' ? this.reads.probe(context, entry) : this.writes.attempt(context, entry);
    }

    /** The probe learns nothing and never asks twice: where it hangs now, it hangs until something changes. */
    private steadyProbe({ timeoutMs }: StreamContext, answer: Attempt): Steadiness {
        if (answer.outcome !== 'hang') {
            return steadinessOf([answer]);
        }
        const { reason, node, cause } = answer;
        return { kind: 'fails', afterMs: timeoutMs, reason, node, ...(cause !== undefined && { cause }) };
    }
}

function clientPenalty({ product, world: { topology } }: Peers, point: Point): Penalty | undefined {
    const { demands = [] } = topology.workloads[point - topology.nodes.length] ?? {};
    return product.penaltyOf(demands.flatMap(({ settings }) => settings));
}
