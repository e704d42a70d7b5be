import type {
    Attempt,
    AttemptContext,
    Cause,
    HandlerId,
    Point,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import type { NodeId, Operation } from '../../../topology/index.js';
import { connected, roundTrip } from '../../shared/simulation/index.js';
import type { HadoopConfig } from '../config.js';
import type { NameNodes } from './namenodes.js';

/** Where a request found the active NameNode. */
export interface Found {
    readonly outcome: 'found';
    readonly namenode: NodeId;
    /** What the request has travelled so far, there and back, in milliseconds. */
    readonly wayMs: number;
    /** Another NameNode is active, and this one does not know yet. */
    readonly isStale: boolean;
    /** How it came to answer; -1: it always has. */
    readonly cause: Cause;
}

export type Lookup = Found | Exclude<Attempt, { readonly outcome: 'ok' }>;

/** What one client has learnt of the NameNodes: which answered last. Of DataNodes only the stream knows that they failed it. */
interface Memory {
    preferred: number;
    /** NameNodes that it waits for in vain now. */
    readonly waitsFor: Set<NodeId>;
    /** What it meets at the NameNodes, as long as nothing changes there. */
    readonly lookups: Partial<Record<Operation, { readonly revision: number; readonly lookup: Lookup }>>;
}

/** What clients know, and how they find the active NameNode: each asks the one that answered last, then the next in order. */
export class Clients {
    private readonly memories = new Map<Point, Memory>();
    private readonly onSilence: HandlerId;

    constructor(
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly namenodes: NameNodes,
    ) {
        this.onSilence = world.handler((client, namenode) => this.turnFrom(client, namenode));
    }

    isProbe(client: Point): boolean {
        return client === this.world.outside;
    }

    /** Where the client is led, without its learning from it. */
    lookUp(request: StreamContext): Lookup {
        const { client, operation } = request;
        const { lookups } = this.memory(client);
        const known = lookups[operation];
        // What this cluster needs may change without its hearing of it.
        if (known?.revision === this.namenodes.revision && this.world.cluster.needs.length === 0) {
            return known.lookup;
        }
        const lookup = this.isProbe(client) ? this.probed(request) : this.asked(request);
        lookups[operation] = { revision: this.namenodes.revision, lookup };
        return lookup;
    }

    /** Whether the next request will be led elsewhere at once, or later. */
    isSettled(request: StreamContext, lookup: Lookup): boolean {
        const { namenodes } = this.config;
        return (
            this.isProbe(request.client) ||
            lookup.outcome !== 'found' ||
            namenodes[this.memory(request.client).preferred] === lookup.namenode
        );
    }

    /** The client keeps what it found. */
    learn(request: AttemptContext, lookup: Lookup): void {
        if (this.isProbe(request.client)) {
            return;
        }
        if (lookup.outcome === 'found') {
            const memory = this.memory(request.client);
            const index = this.config.namenodes.indexOf(lookup.namenode);
            if (memory.preferred !== index) {
                this.prefer(memory, index);
            }
            return;
        }
        const { waitsFor } = this.memory(request.client);
        const { node } = lookup;
        if (node >= 0 && !waitsFor.has(node) && this.world.reach(request.client, node) === 'silent') {
            waitsFor.add(node);
            this.world.schedule(this.world.now + request.timeoutMs, this.onSilence, request.client, node);
        }
    }

    private asked(request: StreamContext): Lookup {
        const { namenodes } = this.config;
        const first = this.memory(request.client).preferred;
        let wayMs = 0;
        for (let turn = 0; turn < namenodes.length; turn++) {
            const node = namenodes[(first + turn) % namenodes.length]!;
            const lookup = this.ask(request, node, wayMs);
            if (lookup.outcome !== 'error') {
                return lookup;
            }
            wayMs = lookup.afterMs;
        }
        // It sleeps and asks again until its own patience is over; nobody knows now who will be active then.
        const node = namenodes[first];
        return node === undefined
            ? { outcome: 'error', node: -1, afterMs: 0, reason: 'there is no NameNode' }
            : { outcome: 'hang', node, reason: 'no NameNode is active', ...this.because(namenodes) };
    }

    /** The probe asks every NameNode that is neither failed nor isolated, all at once. */
    private probed(request: StreamContext): Lookup {
        const { world } = this;
        const visible = this.config.namenodes.filter(
            (node) => world.process(node) !== 'off' && connected(world, world.outside, node),
        );
        const lookups = visible.map((node) => this.ask(request, node, 0));
        const isFound = (lookup: Lookup): lookup is Found => lookup.outcome === 'found';
        return (
            lookups.find((lookup) => isFound(lookup) && !lookup.isStale) ??
            lookups.find(isFound) ??
            lookups.find(({ outcome }) => outcome === 'error') ??
            lookups[0] ?? {
                outcome: 'error',
                node: this.config.namenodes[0] ?? -1,
                afterMs: 0,
                reason: 'no NameNode can be reached',
            }
        );
    }

    private ask({ client, operation }: StreamContext, node: NodeId, soFarMs: number): Lookup {
        const { world, namenodes } = this;
        const name = world.topology.nodes[node]!.name;
        const because = this.because([node]);
        if (world.reach(client, node) === 'silent') {
            return { outcome: 'hang', node, reason: `${name} does not answer`, ...because };
        }
        const afterMs = soFarMs + roundTrip(world, client, node);
        const refuses = (reason: string, why = because): Lookup => ({
            outcome: 'error',
            node,
            afterMs,
            reason,
            ...why,
        });
        if (!namenodes.isUp(node)) {
            return refuses(`${name} refuses the connection`);
        }
        if (namenodes.mode(node) !== 'active') {
            return refuses(`${name} is not active`, this.because(this.config.namenodes));
        }
        if (operation === 'write' && namenodes.inSafeMode(node)) {
            return refuses(`${name} is in safe mode`);
        }
        if (operation === 'write' && (namenodes.isSuperseded(node) || !namenodes.journals.takeEdits(node))) {
            return { outcome: 'hang', node, reason: `${name} reaches no majority of the JournalNodes`, ...because };
        }
        const lacked = world.lackedBy(node);
        return lacked === undefined
            ? {
                  outcome: 'found',
                  namenode: node,
                  wayMs: afterMs,
                  isStale: namenodes.isSuperseded(node),
                  cause: namenodes.causeOf(node),
              }
            : refuses(`${name} lacks ${lacked.what}`, lacked.cause >= 0 ? { cause: lacked.cause } : {});
    }

    /** What happened last to these NameNodes. */
    private because(nodes: readonly NodeId[]): { readonly cause?: Cause } {
        const causes = nodes.map((node) => Math.max(this.namenodes.causeOf(node), this.world.lastFault(node)));
        const cause = Math.max(-1, ...causes);
        return cause >= 0 ? { cause } : {};
    }

    /** The NameNode was silent until the client gave up: the next one in order is asked first. */
    private turnFrom(client: Point, namenode: NodeId): void {
        const memory = this.memory(client);
        memory.waitsFor.delete(namenode);
        if (this.config.namenodes[memory.preferred] === namenode) {
            this.prefer(memory, (memory.preferred + 1) % this.config.namenodes.length);
        }
    }

    private prefer(memory: Memory, index: number): void {
        memory.preferred = index;
        memory.lookups.read = undefined;
        memory.lookups.write = undefined;
        this.world.changed();
    }

    private memory(client: Point): Memory {
        let memory = this.memories.get(client);
        if (memory === undefined) {
            const preferred = Math.max(0, this.config.namenodes.indexOf(this.namenodes.first ?? -1));
            memory = { preferred, waitsFor: new Set(), lookups: {} };
            this.memories.set(client, memory);
        }
        return memory;
    }
}
