import { dependenciesOf, type Cluster, type ClusterId, type Topology } from '../topology/index.js';
import type { PointSet } from './network.js';
import type { RandomStream } from './random.js';

/** Wait for the first acknowledgement of a connection before its packet is sent again; doubled each time (RFC 6298, 2.1 and 5.5). */
const CONNECT_MS = 1000;
/**
 * The same within a connection. RFC 6298 (2.4) asks for a second; Linux waits 200 ms where round trips are short
 * (TCP_RTO_MIN in include/net/tcp.h).
 */
const RESEND_MS = 200;
/** Times that Linux sends a packet again before it gives the connection up (tcp_retries2). */
const MOST_RESENDS = 15;

/** Extra delay in milliseconds of something sent within a TCP connection of which packets are lost with this chance. */
export function resendMs(loss: number, random: RandomStream): number {
    return loss > 0 ? waitsMs(loss, RESEND_MS, random) : 0;
}

/**
 * Extra delay in milliseconds of a request over a connection of its own: its opening, either way, then the question and the
 * answer, each a packet.
 */
export function requestLossMs(there: number, back: number, random: RandomStream): number {
    const opening = 1 - (1 - there) * (1 - back);
    return waitsMs(opening, CONNECT_MS, random) + resendMs(there, random) + resendMs(back, random);
}

function waitsMs(loss: number, firstMs: number, random: RandomStream): number {
    let waited = 0;
    for (let tries = 0; random.below(CHANCES) < loss * CHANCES; tries++) {
        if (tries === MOST_RESENDS) {
            return Infinity;
        }
        waited += firstMs * 2 ** tries;
    }
    return waited;
}

const CHANCES = 0x1_0000_0000;

/** Notes whose messages a loss of packets would touch, and who never asks whether any are lost. */
export class LossAudit {
    private readonly between = new Set<ClusterId>();
    private readonly asking = new Set<ClusterId>();

    constructor(private readonly topology: Topology) {}

    struck(one: PointSet, other: PointSet): void {
        for (const { id, members: own } of this.topology.clusters) {
            const members = [...own, ...dependenciesOf(this.topology, id).flatMap((each) => this.membersOf(each))];
            if (members.some(({ node }) => one[node]) && members.some(({ node }) => other[node])) {
                this.between.add(id);
            }
        }
    }

    private membersOf(cluster: ClusterId): Cluster['members'] {
        return this.topology.clusters[cluster]?.members ?? [];
    }

    /** What a node needs elsewhere it asks for over links whose losses nobody follows. */
    private needsSome(cluster: ClusterId): boolean {
        return (this.topology.clusters[cluster]?.needs ?? []).length > 0;
    }

    asked(cluster: ClusterId | undefined): void {
        if (cluster !== undefined) {
            this.asking.add(cluster);
        }
    }

    /** `talks`: false if the nodes of a cluster send each other nothing. */
    untouched(talks: (cluster: ClusterId) => boolean | undefined): readonly ClusterId[] {
        return [...this.between]
            .filter((cluster) => !this.asking.has(cluster) && (talks(cluster) !== false || this.needsSome(cluster)))
            .sort((one, other) => one - other);
    }
}
