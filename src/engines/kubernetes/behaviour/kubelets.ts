import type { HandlerId, HostChange } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { connected } from '../../shared/simulation/index.js';
import { renewalMs } from '../config.js';
import type { Api } from './api.js';
import type { Site } from './site.js';

/** A kubelet that cannot renew its lease tries again after 200 ms, then after twice as long, up to 7 s (kubelet: lease controller). */
const RETRY_MS = { first: 200, last: 7_000 };
/** How long it waits for an answer: as long as between two reports of its node's status (kubelet: server.go, heartbeatClientConfig). */
const PATIENCE_MS = 10_000;

interface Kubelet {
    readonly node: NodeId;
    readonly everyMs: number;
    /** A time at which it renewed; while it is heard it renews at every interval from there. */
    renewedMs: number;
    heard: boolean;
    /** While it is not heard: when the first attempt failed, or will be made. */
    dueMs: number;
    /** Number of the attempt to come: events of older ones are void. */
    attempt: number;
    /** API servers that it takes for lost; undefined: it has not looked for one in vain. */
    doubts: readonly NodeId[] | undefined;
}

/** The agents of the nodes, as the API hears them. */
export class Kubelets {
    private readonly all: ReadonlyMap<NodeId, Kubelet>;
    private readonly renew: HandlerId;
    private readonly giveUp: HandlerId;

    constructor(
        private readonly site: Site,
        private readonly api: Api,
        private readonly apiServers: readonly NodeId[],
        /** The kubelet reports itself and its pods after a silence. Returns whether that is news to anybody. */
        private readonly onContact: (node: NodeId) => boolean,
    ) {
        const { world, context } = site;
        this.all = new Map(
            site.kubelets.map((member) => {
                const everyMs = renewalMs(context, member);
                const phase = world
                    .stream(`${world.cluster.name} ${site.nameOf(member.node)}`, 'kubelet')
                    .below(everyMs);
                const { node } = member;
                const renewedMs = phase - everyMs;
                return [node, { node, everyMs, renewedMs, heard: true, dueMs: 0, attempt: 0, doubts: undefined }];
            }),
        );
        this.renew = world.handler((node, attempt) => this.onRenew(node, attempt));
        this.giveUp = world.handler((node, dueMs) => this.onGiveUp(node, dueMs));
    }

    /** Whether the API hears the kubelet as often as it should. */
    isHeard(node: NodeId): boolean {
        return this.all.get(node)!.heard;
    }

    /** The last renewal so far, in ms. */
    renewedMs(node: NodeId): number {
        const kubelet = this.all.get(node)!;
        return kubelet.heard ? lastRenewal(kubelet, this.site.world.now) : kubelet.renewedMs;
    }

    hostChanged(node: NodeId, change: HostChange): void {
        const kubelet = this.all.get(node);
        if (kubelet !== undefined && change !== 'unfrozen' && change !== 'wiped') {
            this.silence(kubelet);
            if (change !== 'frozen') {
                kubelet.doubts = undefined;
            }
            if (change === 'started') {
                kubelet.dueMs = this.site.world.now;
            }
        }
    }

    review(): void {
        for (const kubelet of this.all.values()) {
            const can = this.site.runs(kubelet.node) && this.api.answers(kubelet.node);
            if (!can) {
                this.silence(kubelet);
            } else if (!kubelet.heard) {
                this.tryAt(kubelet, this.nextTry(kubelet));
            }
        }
    }

    private silence(kubelet: Kubelet): void {
        if (kubelet.heard) {
            kubelet.renewedMs = lastRenewal(kubelet, this.site.world.now);
            kubelet.dueMs = kubelet.renewedMs + kubelet.everyMs;
            kubelet.heard = false;
            const isSilent = this.apiServers.every(
                (server) => this.site.world.reach(kubelet.node, server) !== 'refused',
            );
            const noticedMs = kubelet.dueMs + (isSilent ? PATIENCE_MS : 0);
            this.site.world.schedule(
                Math.max(noticedMs, this.site.world.now),
                this.giveUp,
                kubelet.node,
                kubelet.dueMs,
            );
        }
    }

    /** While API servers work for others, a kubelet that reaches none has lost sight of them; else they answer it with errors. */
    private onGiveUp(node: NodeId, dueMs: number): void {
        const kubelet = this.all.get(node)!;
        const isCutOff = this.site.runs(node) && this.api.works() && !this.api.answers(node);
        if (!kubelet.heard && kubelet.doubts === undefined && kubelet.dueMs === dueMs && isCutOff) {
            kubelet.doubts = this.apiServers.filter((server) => !connected(this.site.world, node, server));
            this.tell(kubelet, 'cannot renew its lease, for no API server answers it; its pods run on', 'suspected');
        }
    }

    private tell({ node, doubts = [] }: Kubelet, what: string, holds: 'alive' | 'suspected'): void {
        const [peer] = doubts;
        this.site.world.record({
            kind: 'suspicion',
            text: `the kubelet on ${this.site.nameOf(node)} ${what}`,
            cause: this.site.blame(node),
            node,
            ...(peer !== undefined && { peer, belief: { holds, about: doubts } }),
        });
    }

    private tryAt(kubelet: Kubelet, atMs: number): void {
        this.site.world.schedule(atMs, this.renew, kubelet.node, ++kubelet.attempt);
    }

    /** Each further pause is twice as long. */
    private nextTry({ dueMs }: Kubelet): number {
        let atMs = dueMs;
        for (let pause = RETRY_MS.first; atMs < this.site.world.now; pause = Math.min(2 * pause, RETRY_MS.last)) {
            atMs += pause;
        }
        return atMs;
    }

    private onRenew(node: NodeId, attempt: number): void {
        const kubelet = this.all.get(node)!;
        if (attempt === kubelet.attempt && !kubelet.heard && this.site.runs(node) && this.api.answers(node)) {
            kubelet.heard = true;
            kubelet.renewedMs = this.site.world.now;
            if (kubelet.doubts !== undefined) {
                this.tell(kubelet, 'renews its lease again', 'alive');
                kubelet.doubts = undefined;
            }
            if (this.onContact(node)) {
                this.site.changed();
            }
        }
    }
}

function lastRenewal({ renewedMs, everyMs }: Kubelet, now: number): number {
    return renewedMs + Math.floor((now - renewedMs) / everyMs) * everyMs;
}
