/** Whom the API answers now. */
import type { Attempt, AttemptContext, Cause, HostChange, Point, Steadiness } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { Raft } from '../../shared/raft/index.js';
import { askServer, connected, ContactList, roundTrip } from '../../shared/simulation/index.js';
import { etcdConfig } from '../config.js';
import type { ControlPlaneNodes } from '../control-plane.js';
import type { Site } from './site.js';

export interface Api {
    start(): void;
    hostChanged(node: NodeId, change: HostChange, cause: Cause): void;
    networkChanged(): void;
    /** To be called after every change, before anybody asks. */
    review(): void;
    /** Whether any API server can read and write. */
    works(): boolean;
    /** Declared nodes whose API server can. */
    servers(): readonly NodeId[];
    /** Whether something at this point reaches one that can. */
    answers(from: Point): boolean;
    /** Whether the components beside this API server can read and write. */
    worksAt(node: NodeId): boolean;
    /** Members that lead etcd. */
    leaders(): readonly NodeId[];
    /** Why a member that takes itself for the leader can agree to nothing; undefined: it can. */
    whyPowerless(leader: NodeId): string | undefined;
    attempt(context: AttemptContext): Attempt;
    steadiness(client: Point): Steadiness;
}

/**
 * API servers in front of etcd. A request is answered once a majority of etcd has agreed to it, reads as well: they are
 * linearizable.
 */
export class DeclaredApi implements Api {
    private readonly raft: Raft;
    private readonly contacts: ContactList;
    private working: readonly NodeId[] = [];

    constructor(
        private readonly site: Site,
        private readonly nodes: ControlPlaneNodes,
    ) {
        const { world, context, changed } = site;
        this.raft = new Raft(world, context.cluster.controlPlane!.shard, nodes.etcd, etcdConfig(context), changed);
        this.contacts = new ContactList(world, nodes.apiServers);
    }

    start(): void {
        this.raft.start();
        this.review();
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        this.raft.hostChanged(node, change, cause);
    }

    networkChanged(): void {
        this.raft.networkChanged();
    }

    review(): void {
        this.working = this.nodes.apiServers.filter(
            (node) => this.site.runs(node) && this.commitMs(node) !== undefined,
        );
    }

    works(): boolean {
        return this.working.length > 0;
    }

    servers(): readonly NodeId[] {
        return this.working;
    }

    answers(from: Point): boolean {
        return this.working.some((node) => connected(this.site.world, from, node));
    }

    worksAt(node: NodeId): boolean {
        return this.working.includes(node);
    }

    leaders(): readonly NodeId[] {
        return this.raft.leaders();
    }

    whyPowerless(leader: NodeId): string | undefined {
        return this.raft.whyPowerless(leader);
    }

    attempt(context: AttemptContext): Attempt {
        return this.contacts.attempt(context, (node) => this.ask(context.client, node));
    }

    steadiness(client: Point): Steadiness {
        return this.contacts.steadiness(client, (node) => this.ask(client, node));
    }

    private ask(client: Point, node: NodeId): Attempt {
        const met = askServer(this.site.world, client, node, 0, this.site.blame(node));
        if (met.outcome !== 'ok') {
            return met;
        }
        const commitMs = this.commitMs(node);
        if (commitMs !== undefined) {
            return { ...met, afterMs: met.afterMs + commitMs };
        }
        const reason = `the API server on ${this.site.nameOf(node)} waits for etcd`;
        const faults = this.nodes.etcd.map((member) => this.site.world.lastFault(member));
        const cause = Math.max(...faults) >= 0 ? Math.max(...faults) : this.site.lastChange;
        return { outcome: 'hang', node, reason, cause };
    }

    /** From a request at the API server until etcd has agreed, in ms; undefined while it cannot. */
    private commitMs(server: NodeId): number | undefined {
        if (this.nodes.isStacked) {
            return this.raft.commitDelay(server);
        }
        const { world } = this.site;
        const ways = this.nodes.etcd.flatMap((member) => {
            const commitMs = connected(world, server, member) ? this.raft.commitDelay(member) : undefined;
            return commitMs === undefined ? [] : [roundTrip(world, server, member) + commitMs];
        });
        return ways.length === 0 ? undefined : Math.min(...ways);
    }
}
