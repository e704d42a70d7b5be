/** A cluster whose first reachable copy answers, and that writes down everything it is told. */
import {
    simulate,
    type Attempt,
    type AttemptContext,
    type BehaviourFactory,
    type Cause,
    type ClusterBehaviour,
    type HostChange,
    type Run,
    type Steadiness,
    type World,
} from '../../../src/simulator/index.js';
import type { Fault, NodeId, Scenario, ShardId, Side, Step, Topology } from '../../../src/topology/index.js';
import { HERE } from '../../support/model.js';

interface Told {
    readonly atMs: number;
    readonly what: HostChange | 'network';
    readonly node?: NodeId;
}

class RecordingBehaviour implements ClusterBehaviour {
    constructor(
        readonly world: World,
        private readonly told: Told[],
        /** Whether it says which requests end alike; otherwise every one is simulated. */
        private readonly saysSteady: boolean,
    ) {}

    start(): void {
        for (const shard of this.world.cluster.shards) {
            this.world.claim(shard, this.world.topology.shards[shard]!.copies[0]!, 1, -1);
        }
    }

    hostChanged(node: NodeId, what: HostChange, cause: Cause): void {
        this.told.push({ atMs: this.world.now, what, node });
        const state = this.world.process(node);
        this.world.record({ kind: 'state', text: `${what}, now ${state}`, cause, node });
        this.world.changed();
    }

    networkChanged(): void {
        this.told.push({ atMs: this.world.now, what: 'network' });
        this.world.changed();
    }

    attempt({ client, shard }: Pick<AttemptContext, 'client' | 'shard'>): Attempt {
        const copies = this.world.topology.shards[shard]!.copies;
        const node = copies.find((copy) => this.world.reach(client, copy) === 'open');
        if (node !== undefined) {
            return { outcome: 'ok', node, afterMs: this.world.delay(client, node) + this.world.delay(node, client) };
        }
        return copies.some((copy) => this.world.reach(client, copy) === 'silent')
            ? { outcome: 'hang', node: -1, reason: 'silence', cause: -1 }
            : { outcome: 'error', node: -1, reason: 'refused', cause: -1, afterMs: 0 };
    }

    steadiness(request: Pick<AttemptContext, 'client' | 'shard'>): Steadiness {
        const answer = this.attempt(request);
        if (!this.saysSteady || answer.outcome === 'hang') {
            return { kind: 'varies' };
        }
        return answer.outcome === 'ok'
            ? { kind: 'ok', node: answer.node, afterMs: answer.afterMs }
            : { kind: 'fails', reason: answer.reason, node: -1, cause: -1, afterMs: answer.afterMs };
    }

    leaders(shard: ShardId): readonly NodeId[] {
        return this.world.topology.shards[shard]!.copies.slice(0, 1);
    }

    serving(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }
}

export interface Rehearsal {
    readonly run: Run;
    readonly told: readonly Told[];
    /** Writes that each node acknowledged for each shard by the end: `[shard][node]`. */
    readonly acknowledged: readonly (readonly number[])[];
}

/** Runs the steps against recording behaviours. */
export function rehearse(
    model: Topology,
    steps: readonly Step[],
    options: { readonly untilMs?: number; readonly steady?: boolean; readonly windowsAtMs?: readonly number[] } = {},
): Rehearsal {
    const told: Told[] = [];
    const worlds: World[] = [];
    const factory: BehaviourFactory = (world) => {
        worlds.push(world);
        return new RecordingBehaviour(world, told, options.steady ?? true);
    };
    const scenario: Scenario = {
        name: 'rehearsal',
        source: HERE,
        seed: 1,
        steps,
        untilMs: options.untilMs ?? 60_000,
        expectations: (options.windowsAtMs ?? []).map((atMs) => ({
            kind: 'service',
            operation: 'read',
            target: { kind: 'cluster', cluster: 0, text: model.clusters[0]!.name },
            outcome: { kind: 'available', atMs },
            text: 'available',
            source: HERE,
        })),
    };
    const run = simulate(model, scenario, () => factory);
    const acknowledged = model.shards.map(({ id, cluster }) =>
        model.nodes.map((node) => worlds[cluster]!.acknowledged(id, node.id)),
    );
    return { run, told, acknowledged };
}

export function at(atMs: number, fault: Fault): Step {
    return { atMs, fault, text: fault.kind, source: HERE };
}

export const nodes = (...ids: readonly NodeId[]): { kind: 'node'; node: NodeId }[] =>
    ids.map((node) => ({ kind: 'node', node }));
export const onNodes = (...ids: readonly NodeId[]) => ({ kind: 'nodes', nodes: nodes(...ids) }) as const;
export const onZone = (zone: number) => ({ kind: 'places', places: [{ kind: 'zone', zone }] }) as const;
export const zoneSide = (zone: number): Side => ({ places: [{ kind: 'zone', zone }], nodes: [] });
export const nodeSide = (...ids: readonly NodeId[]): Side => ({ places: [], nodes: nodes(...ids) });
