import type { World } from '../../../simulator/index.js';
import type { NodeId, Operation } from '../../../topology/index.js';
import type { Gossip } from './gossip.js';
import type { Nodes } from './nodes.js';
import type { Snitch } from './snitch.js';

/** Up to so many coordinators each is asked how it would answer. */
const FEW = 24;

/** What a list of coordinators has in common. */
interface Survey {
    readonly revision: number;
    readonly members: ReadonlySet<NodeId>;
    /** The first of each kind, in the order of the list. */
    readonly firstOfKind: readonly NodeId[];
    /** How many of them take each node for down. */
    readonly takenForDown: ReadonlyMap<NodeId, number>;
}

/**
 * Which of many coordinators stand for all. What a coordinator answers depends on its datacenter and rack, its links, its
 * settings, and on what it thinks of the copies. So where all think alike of the copies, one of each kind and the copies
 * themselves show what everybody answers; where they do not, requests are looked at one by one.
 */
export class Alike {
    private readonly surveys = new WeakMap<readonly NodeId[], Survey>();
    private readonly kinds: ReadonlyMap<NodeId, string>;
    /** Grows with every change of hosts and links. */
    private changes = 0;

    constructor(
        private readonly world: World,
        private readonly nodes: Nodes,
        private readonly gossip: Gossip,
        private readonly snitch: Snitch,
    ) {
        this.kinds = new Map(
            nodes.ids.map((node) => {
                const { region, zone, rack } = world.topology.nodes[node]!;
                return [node, JSON.stringify([region, zone, rack, nodes.config(node)])];
            }),
        );
    }

    /** As long as it stays, all coordinators judge hosts, links and each other as before. */
    get revision(): number {
        return this.changes + this.nodes.revision + this.gossip.revision;
    }

    /** Hosts or links are not what they were. */
    changed(): void {
        this.changes++;
    }

    /**
     * Coordinators that show how all of these answer for the copies; nobody where they need not agree. Writes go to every
     * copy, so it plays no part for them which ones a coordinator would rather ask.
     */
    representatives(
        coordinators: readonly NodeId[],
        copies: readonly NodeId[],
        operation: Operation,
    ): readonly NodeId[] {
        if (coordinators.length <= FEW) {
            return coordinators;
        }
        const { members, firstOfKind, takenForDown } = this.surveyOf(coordinators);
        for (const copy of copies) {
            const down = takenForDown.get(copy) ?? 0;
            const prefers = operation === 'read' && this.snitch.isShunned(copy);
            if (down !== coordinators.length && (down !== 0 || prefers)) {
                return NOBODY;
            }
        }
        return [...firstOfKind, ...copies.filter((copy) => members.has(copy) && !firstOfKind.includes(copy))];
    }

    private surveyOf(coordinators: readonly NodeId[]): Survey {
        const { revision } = this;
        const known = this.surveys.get(coordinators);
        if (known?.revision === revision) {
            return known;
        }
        const kinds = new Map<string, NodeId>();
        const takenForDown = new Map<NodeId, number>();
        for (const node of coordinators) {
            const kind = `${this.kinds.get(node)!} ${this.world.linksOf(node)} ${String(this.nodes.servesClients(node))}`;
            kinds.set(kind, kinds.get(kind) ?? node);
            for (const peer of this.gossip.downFor(node)) {
                takenForDown.set(peer, (takenForDown.get(peer) ?? 0) + 1);
            }
        }
        const members = known?.members ?? new Set(coordinators);
        const survey = { revision, members, firstOfKind: [...kinds.values()], takenForDown };
        this.surveys.set(coordinators, survey);
        return survey;
    }
}

const NOBODY: readonly NodeId[] = [];

/** Whether so many nodes stand in a cluster that what one of them does need not be looked at within the millisecond. */
export function isLarge(nodes: Nodes): boolean {
    return nodes.ids.length > FEW;
}
