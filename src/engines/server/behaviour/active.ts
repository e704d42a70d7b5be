/** One active server that something outside all places watches and names to the clients. */
import type {
    Attempt,
    Cause,
    HandlerId,
    HostChange,
    RandomStream,
    Steadiness,
    World,
} from '../../../simulator/index.js';
import { setDuration, type Fault, type NodeId, type ShardId } from '../../../topology/index.js';
import type { ActiveFront } from '../front.js';
import type { Asker, FrontBehaviour } from './front.js';
import { askServer, NameCaches, steadinessOf } from '../../shared/simulation/index.js';

export class ActiveBehaviour implements FrontBehaviour {
    private readonly names: NameCaches<NodeId>;
    private readonly detection: HandlerId;
    private readonly failback: HandlerId;
    private readonly draws: RandomStream;
    /** Whom the name stands for. */
    private active: NodeId;
    /** Servers that act as the active one; an isolated one may not know that it was replaced. */
    private claims: NodeId[];
    private claimed = 0;
    private detecting = false;
    private waitingForHeir = false;
    private returning = false;

    constructor(
        private readonly world: World,
        private readonly front: ActiveFront,
        private readonly service: ShardId | undefined,
        private readonly succession: readonly NodeId[],
    ) {
        this.active = succession[0]!;
        this.claims = [this.active];
        this.names = new NameCaches(world, front.ttlMs, this.active);
        this.draws = world.stream(world.cluster.name, 'detection');
        this.detection = world.handler(() => this.onDetection());
        this.failback = world.handler(() => this.onFailback());
    }

    start(): void {
        this.claim(this.active, -1);
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        if (change !== 'frozen' && change !== 'unfrozen' && change !== 'wiped' && node !== this.active) {
            this.drop(node, cause);
        }
        this.review();
    }

    networkChanged(): void {
        for (const node of this.claims.filter((other) => other !== this.active && this.isAlive(other))) {
            const name = this.nameOf(node);
            const text = `${name} learns that ${this.nameOf(this.active)} is active and steps back`;
            this.drop(node, this.record('demotion', text, this.world.lastFault(node), node));
        }
        this.review();
    }

    attempt({ client }: Asker): Attempt {
        const node = this.names.lookUp(client);
        const cause = this.world.lastFault(node);
        const answer = askServer(this.world, client, node, 0, cause);
        return answer.outcome !== 'ok' || this.claims.includes(node)
            ? answer
            : { outcome: 'error', node, afterMs: answer.afterMs, reason: `${this.nameOf(node)} is not active` };
    }

    steadiness(asker: Asker): Steadiness {
        return steadinessOf([this.attempt(asker)]);
    }

    leaders(): readonly NodeId[] {
        return this.claims;
    }

    serving(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }

    unsupported(fault: Fault): string | undefined {
        if (fault.kind === 'promote' || fault.kind === 'switchover') {
            return `'${fault.kind}' is not modelled for server clusters.`;
        }
        return this.front.promote === 'automatically' && this.front.detectMs === undefined
            ? `Nothing says how soon a dead active server of ${this.world.cluster.name} is noticed; say it with \`detect within\`.`
            : undefined;
    }

    /** Something has changed: starts to notice that the active server is gone, or that a better one is back. */
    private review(): void {
        const { detectMs } = this.front;
        this.world.changed();
        if (this.front.promote === 'manually' || detectMs === undefined) {
            return;
        }
        if (this.waitingForHeir) {
            this.replace();
        } else if (!this.isAlive(this.active)) {
            this.detecting = this.once(this.detecting, this.detection, detectMs);
        } else if (this.front.failback === 'automatically' && this.heir() !== this.active) {
            this.returning = this.once(this.returning, this.failback, detectMs);
        }
    }

    private once(pending: boolean, handler: HandlerId, withinMs: number): true {
        if (!pending) {
            this.world.schedule(this.world.now + this.draws.between(0, withinMs), handler);
        }
        return true;
    }

    private onDetection(): void {
        this.detecting = false;
        if (this.isAlive(this.active)) {
            return;
        }
        const text = `${this.nameOf(this.active)} is found dead, within the ${setDuration(this.front.detectMs ?? 0)} that the policy allows`;
        this.record('detection', text, this.world.lastFault(this.active), this.active);
        this.replace();
    }

    private replace(): void {
        const heir = this.heir();
        this.waitingForHeir = heir === undefined;
        if (heir !== undefined && heir !== this.active) {
            this.promote(heir, this.world.lastFault(this.active));
        }
    }

    private onFailback(): void {
        this.returning = false;
        const heir = this.heir();
        if (heir !== undefined && heir !== this.active && this.isAlive(this.active)) {
            this.promote(heir, this.world.lastFault(heir));
        }
    }

    private promote(node: NodeId, cause: Cause): void {
        const old = this.active;
        // A fence switches the old one off before the new one acts; one that can be told steps back by itself.
        if (this.front.fence || this.isAlive(old) || this.world.process(old) !== 'running') {
            this.drop(old, cause);
        }
        const event = this.record(
            'promotion',
            `${this.nameOf(node)} becomes the active server instead of ${this.nameOf(old)}`,
            cause,
            node,
        );
        this.active = node;
        this.claims = [...this.claims.filter((other) => other !== node), node];
        this.claim(node, event);
        this.names.change(node);
        this.world.changed();
    }

    /** The first in order that lives, seen from outside. */
    private heir(): NodeId | undefined {
        return this.succession.find((node) => this.isAlive(node));
    }

    private isAlive(node: NodeId): boolean {
        return this.world.reach(this.world.outside, node) === 'open';
    }

    private claim(node: NodeId, cause: Cause): void {
        if (this.service !== undefined) {
            this.world.claim(this.service, node, ++this.claimed, cause);
        }
    }

    private drop(node: NodeId, cause: Cause): void {
        this.claims = this.claims.filter((other) => other !== node);
        if (this.service !== undefined) {
            this.world.release(this.service, node, cause);
        }
    }

    private record(kind: 'detection' | 'promotion' | 'demotion', text: string, cause: Cause, node: NodeId): Cause {
        const shard = this.service === undefined ? {} : { shard: this.service };
        return this.world.record({ kind, text, cause, node, ...shard, source: this.front.source });
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.qualifiedName;
    }
}
