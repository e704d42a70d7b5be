import type { Attempt, AttemptContext, Point, World } from '../../../simulator/index.js';
import { listed, type NodeId, type Operation, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { askServer, roundTrip } from '../../shared/simulation/index.js';
import { speculationMs } from '../config.js';
import { levelOf, type Level } from '../consistency.js';
import {
    demanded,
    unmet,
    whyUnmet,
    type DatacenterId,
    type Demanded,
    type Range,
    type Requirement,
} from '../required.js';
import type { Gossip } from './gossip.js';
import type { Delivery } from './ledger.js';
import type { Nodes } from './nodes.js';
import type { Snitch } from './snitch.js';

/** An answer, and what else the request did. */
export interface Outcome {
    readonly attempt: Attempt;
    /** Of a write: which copies have it now. */
    readonly delivery?: Delivery;
    /** Of a read: the copies whose answers it was made of. */
    readonly read?: readonly NodeId[];
    /** Replicas that were asked and stayed silent: the coordinator will prefer others. */
    readonly unanswered?: readonly NodeId[];
}

type Request = Pick<AttemptContext, 'client' | 'shard' | 'operation' | 'settings'>;

/** What requests with these settings wait for at coordinators of a datacenter. */
interface Demands {
    readonly settings: Request['settings'];
    readonly operation: Operation;
    readonly region: DatacenterId;
    readonly level: Level;
    readonly wanted: Demanded;
}

/** A replica and how long its answer takes; Infinity: it stays silent. */
interface Asked {
    readonly node: NodeId;
    readonly afterMs: number;
}

/** A round trip that nothing slows: also that of the coordinator's own copy, so that all coordinators answer alike. */
const LEAST_MS = 2;

/** What a request meets at the node that coordinates it, without any effect. */
export class Coordinator {
    private readonly hasNeeds: boolean;
    private readonly known = new Map<Range, Demands[]>();
    private readonly speculation = new Map<ShardId, number | undefined>();

    constructor(
        private readonly context: EngineContext,
        private readonly world: World,
        private readonly ranges: ReadonlyMap<ShardId, Range>,
        private readonly nodes: Nodes,
        private readonly gossip: Gossip,
        private readonly snitch: Snitch,
    ) {
        this.hasNeeds = world.cluster.needs.length > 0;
    }

    /** Whether the client finds a process that takes its requests. */
    accepts(client: Point, node: NodeId): boolean {
        return this.nodes.servesClients(node) && this.world.reach(client, node) === 'open';
    }

    ask(request: Request, node: NodeId): Outcome {
        const { client, shard, operation } = request;
        if (!this.accepts(client, node)) {
            return { attempt: this.unreached(client, node) };
        }
        const wayMs = roundTrip(this.world, client, node);
        const lacked = this.hasNeeds ? this.world.lackedBy(node) : undefined;
        if (lacked !== undefined) {
            return this.fails(node, wayMs, `${this.nodes.name(node)} lacks ${lacked.what}`, lacked.cause);
        }
        const range = this.ranges.get(shard)!;
        const { level, wanted } = this.demands(range, request, operation, node);
        if (wanted.kind === 'forbidden') {
            return this.fails(node, wayMs, wanted.reason);
        }
        const up = (copy: NodeId): boolean => this.gossip.believesUp(node, copy);
        const missing = wanted.orHint ? undefined : unmet(wanted.requirements, up);
        if (missing !== undefined) {
            const why = whyUnmet(missing, up, (copy) => this.nodes.name(copy));
            const down = missing.among.find((copy) => !up(copy));
            const verdict = down === undefined ? undefined : this.gossip.verdict(node, down);
            return this.fails(node, wayMs, `${level} ${why}`, verdict?.event);
        }
        return operation === 'write'
            ? this.write(range, wanted.requirements, node, wayMs, wanted.orHint, level)
            : this.read(range, wanted.requirements, node, wayMs, level);
    }

    /** Clients ask for the same again and again. */
    private demands(range: Range, { settings }: Request, operation: Operation, node: NodeId): Demands {
        const { region } = this.world.topology.nodes[node]!;
        let known = this.known.get(range);
        if (known === undefined) {
            known = [];
            this.known.set(range, known);
        }
        const found = known.find(
            (each) => each.settings === settings && each.operation === operation && each.region === region,
        );
        if (found !== undefined) {
            return found;
        }
        const level = levelOf({ settings }) ?? 'LOCAL_ONE';
        const place = region === undefined ? 'the datacenter' : this.world.topology.regions[region]!.name;
        const made = { settings, operation, region, level, wanted: demanded(range, level, operation, region, place) };
        known.push(made);
        return made;
    }

    /** A starting node runs, but nobody listens yet. */
    private unreached(client: Point, node: NodeId): Attempt {
        const cause = this.world.lastFault(node);
        const met = askServer(this.world, client, node, 0, cause);
        return met.outcome === 'ok'
            ? {
                  outcome: 'error',
                  node,
                  afterMs: met.afterMs,
                  reason: `${this.nodes.name(node)} does not serve clients yet`,
              }
            : met;
    }

    /** Sent to every copy that is up; hints are kept for the others, and for those that stay silent. */
    private write(
        range: Range,
        requirements: readonly Requirement[],
        node: NodeId,
        wayMs: number,
        orHint: boolean,
        level: Level,
    ): Outcome {
        const asked = range.copies
            .filter((copy) => this.gossip.believesUp(node, copy))
            .map((copy) => ({ node: copy, afterMs: this.afterMs(node, copy) }));
        const missing = range.copies.filter(
            (copy) => !asked.some((one) => one.node === copy && Number.isFinite(one.afterMs)),
        );
        const delivery = { coordinators: [node], missing, hinted: missing.filter((copy) => this.hints(node, copy)) };
        const slowest = Math.max(
            ...requirements.map(({ among, count }) =>
                nth(
                    asked.filter((one) => among.includes(one.node)),
                    count,
                ),
            ),
        );
        const { writeTimeoutMs } = this.nodes.config(node);
        if (slowest <= writeTimeoutMs) {
            return { attempt: { outcome: 'ok', node, afterMs: wayMs + slowest }, delivery };
        }
        if (orHint && delivery.hinted.length > 0) {
            const waitedMs = asked.length === 0 ? 0 : writeTimeoutMs;
            return { attempt: { outcome: 'ok', node, afterMs: wayMs + waitedMs }, delivery };
        }
        return this.timesOut(node, wayMs + writeTimeoutMs, asked, level);
    }

    /** Only as many replicas as are needed are asked, the nearest ones, and one more when an answer is late. */
    private read(
        range: Range,
        requirements: readonly Requirement[],
        node: NodeId,
        wayMs: number,
        level: Level,
    ): Outcome {
        const used = requirements.map((requirement) => this.readOf(range, requirement, node, level));
        const slowest = Math.max(...used.map(({ afterMs }) => afterMs));
        const unanswered = used.flatMap(({ silent }) => silent);
        const { readTimeoutMs } = this.nodes.config(node);
        const outcome =
            slowest <= readTimeoutMs
                ? {
                      attempt: { outcome: 'ok' as const, node, afterMs: wayMs + slowest },
                      read: used.flatMap(({ answering }) => answering),
                  }
                : this.timesOut(
                      node,
                      wayMs + readTimeoutMs,
                      used.flatMap(({ asked }) => asked),
                      level,
                  );
        return unanswered.length > 0 ? { ...outcome, unanswered } : outcome;
    }

    private readOf({ shard }: Range, { among, count }: Requirement, node: NodeId, level: Level) {
        const contacts: Asked[] = [];
        let extra: Asked | undefined;
        for (const copy of this.snitch.nearest(node, among)) {
            if (extra === undefined && this.gossip.believesUp(node, copy)) {
                const asked = { node: copy, afterMs: this.afterMs(node, copy) };
                if (contacts.length < count) {
                    contacts.push(asked);
                } else {
                    extra = asked;
                }
            }
        }
        const lateMs = level === 'ALL' || level === 'EACH_QUORUM' ? undefined : this.speculationOf(shard);
        const isLate = lateMs !== undefined && nth(contacts, count) > lateMs;
        const asked =
            isLate && extra !== undefined
                ? [...contacts, { node: extra.node, afterMs: lateMs + extra.afterMs }]
                : contacts;
        const first = asked.toSorted((one, other) => one.afterMs - other.afterMs).slice(0, count);
        return {
            asked,
            afterMs: nth(asked, count),
            answering: first.map((one) => one.node),
            silent: asked.filter((one) => !Number.isFinite(one.afterMs)).map((one) => one.node),
        };
    }

    private afterMs(from: NodeId, copy: NodeId): number {
        if (from === copy) {
            return LEAST_MS;
        }
        return this.nodes.answers(from, copy) ? roundTrip(this.world, from, copy) : Number.POSITIVE_INFINITY;
    }

    private hints(node: NodeId, copy: NodeId): boolean {
        const { keepsHints, hintWindowMs } = this.nodes.config(node);
        const verdict = this.gossip.verdict(node, copy);
        return keepsHints && (verdict === undefined || this.world.now - verdict.sinceMs < hintWindowMs);
    }

    private speculationOf(shard: ShardId): number | undefined {
        if (!this.speculation.has(shard)) {
            const written = this.context.text('speculative_retry', { shard: this.world.topology.shards[shard]! });
            this.speculation.set(shard, speculationMs(written));
        }
        return this.speculation.get(shard);
    }

    private timesOut(node: NodeId, afterMs: number, asked: readonly Asked[], level: Level): Outcome {
        const silent = asked.filter((one) => !Number.isFinite(one.afterMs)).map((one) => one.node);
        const names = silent.length === 0 ? 'the replicas' : listed(silent.map((copy) => this.nodes.name(copy)));
        const causes = silent.map((copy) => this.world.lastFault(copy));
        const reason = `${level} waits in vain for ${names}`;
        return this.fails(node, afterMs, reason, causes.length === 0 ? undefined : Math.max(...causes));
    }

    private fails(node: NodeId, afterMs: number, reason: string, cause?: number): Outcome {
        const known = cause !== undefined && cause >= 0;
        return { attempt: { outcome: 'error', node, afterMs, reason, ...(known && { cause }) } };
    }
}

/** When so many answers are there; Infinity: never. */
function nth(asked: readonly Asked[], count: number): number {
    if (count === 0) {
        return 0;
    }
    if (asked.length === 1 && count === 1) {
        return asked[0]!.afterMs;
    }
    return asked.map(({ afterMs }) => afterMs).sort((one, other) => one - other)[count - 1] ?? Number.POSITIVE_INFINITY;
}
