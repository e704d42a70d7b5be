import type { Cause, HandlerId, World } from '../../../simulator/index.js';
import { setDuration, type Member, type NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { restOnSetting } from '../../shared/assumed.js';
import { GOSSIP_MS, nodeConfig, SETTLE_MS, type NodeConfig } from '../config.js';

/**
 * How far a node's process has come. `replica`: it gossips, and reads and writes for coordinators; `serving`: it
 * coordinates requests of clients as well.
 */
type Stage = 'down' | 'starting' | 'replica' | 'serving';

interface NodeState {
    readonly config: NodeConfig;
    stage: Stage;
    /** Tells the timers of one start from those of an earlier one. */
    starts: number;
    /** Its data is gone, and with it its place in the ring: it must be replaced by hand. */
    wiped: boolean;
    /** What came in so many ms before it lost power is not in its commit log. */
    lostTailMs: number;
}

/** What runs where, and how long it takes to come back. */
export class Nodes {
    readonly ids: readonly NodeId[];
    /** Grows whenever a process gets further, or ends. */
    revision = 0;
    private readonly states: ReadonlyMap<NodeId, NodeState>;
    /** The event that each start stems from. */
    private readonly causes = new Map<NodeId, Cause>();
    private readonly joined: HandlerId;
    private readonly settled: HandlerId;

    constructor(
        private readonly context: EngineContext,
        private readonly world: World,
        /** The node gossips again, knowing nobody as up. */
        private readonly returned: (node: NodeId, cause: Cause) => void,
    ) {
        this.ids = context.cluster.members.map(({ node }) => node);
        this.states = new Map(
            context.cluster.members.map((member: Member) => [
                member.node,
                { config: nodeConfig(context, member), stage: 'serving', starts: 0, wiped: false, lostTailMs: 0 },
            ]),
        );
        this.joined = world.handler((node, start) => this.onJoined(node, start));
        this.settled = world.handler((node, start) => this.onSettled(node, start));
    }

    config(node: NodeId): NodeConfig {
        return this.states.get(node)!.config;
    }

    /** The longest way, one way in ms, on which heartbeats that have just become so late are not taken for silence. */
    slowestLink(one: NodeId, other: NodeId): number {
        return Math.min(this.config(one).silenceMs, this.config(other).silenceMs) - GOSSIP_MS;
    }

    /** The run counts on what this setting of the node says. */
    restOn(node: NodeId, key: string, fact: string): void {
        const member = this.context.cluster.members.find((each) => each.node === node)!;
        restOnSetting(this.world, this.context, key, fact, { member });
    }

    name(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }

    /** Whether the process gossips now. */
    gossips(node: NodeId): boolean {
        return this.remembers(node) && this.world.process(node) === 'running';
    }

    /** Whether the process knows what it has heard, even if it is frozen now. */
    remembers(node: NodeId): boolean {
        const { stage } = this.states.get(node)!;
        return stage === 'replica' || stage === 'serving';
    }

    servesClients(node: NodeId): boolean {
        return this.states.get(node)!.stage === 'serving' && this.world.process(node) === 'running';
    }

    /** Whether messages of the two reach each other and the other one reads them. */
    answers(from: NodeId, to: NodeId): boolean {
        return this.gossips(to) && this.world.delay(from, to) >= 0 && this.world.delay(to, from) >= 0;
    }

    wipe(node: NodeId, cause: Cause): void {
        this.states.get(node)!.wiped = true;
        this.tell(node, `${this.name(node)} has lost its data`, cause, 'state');
    }

    /** Its host lost power so long after the commit log was forced to disk. */
    lostTail(node: NodeId, ms: number): void {
        this.states.get(node)!.lostTailMs = ms;
    }

    end(node: NodeId): void {
        this.states.get(node)!.stage = 'down';
        this.revision++;
    }

    start(node: NodeId, cause: Cause): void {
        const state = this.states.get(node)!;
        const name = this.name(node);
        state.starts++;
        if (state.wiped) {
            const why =
                'its disk is empty, and the ring still knows a node of this address, which must be replaced by hand';
            this.tell(node, `${name} does not join: ${why}`, cause, 'state');
            return;
        }
        state.stage = 'starting';
        const lacks =
            state.lostTailMs > 0
                ? `, which lacks the last ${(state.lostTailMs / 1000).toFixed(1)} s before it lost power: only repair brings them back`
                : '';
        state.lostTailMs = 0;
        const event = this.tell(node, `${name} starts and replays its commit log${lacks}`, cause, 'state');
        this.causes.set(node, event);
        this.restOn(node, 'assumed_start_time', `A node takes ${setDuration(state.config.startMs)} to start`);
        this.world.schedule(this.world.now + state.config.startMs, this.joined, node, state.starts);
    }

    private onJoined(node: NodeId, start: number): void {
        const state = this.states.get(node)!;
        if (state.starts !== start || state.stage !== 'starting') {
            return;
        }
        state.stage = 'replica';
        this.revision++;
        const text = `${this.name(node)} gossips again and takes part as a replica`;
        const event = this.tell(node, text, this.causes.get(node)!, 'recovery');
        this.causes.set(node, event);
        this.world.schedule(this.world.now + SETTLE_MS, this.settled, node, start);
        this.returned(node, event);
    }

    private onSettled(node: NodeId, start: number): void {
        const state = this.states.get(node)!;
        if (state.starts !== start || state.stage !== 'replica') {
            return;
        }
        state.stage = 'serving';
        this.revision++;
        this.tell(node, `${this.name(node)} serves clients: gossip has settled`, this.causes.get(node)!, 'recovery');
        this.world.changed();
    }

    private tell(node: NodeId, text: string, cause: Cause, kind: 'state' | 'recovery'): Cause {
        return this.world.record({ kind, text, cause, node });
    }
}
