import type { NodeId } from '../../topology/index.js';
import type { Placement, PlacementRequest } from '../engine.js';
import { isDatanode, rackOf } from './roles.js';

interface Datanode {
    readonly id: NodeId;
    readonly rack: string;
}

/**
 * The default policy of HDFS, with turns instead of chance. The first copy of each block goes to the next DataNode in order
 * of declaration, the second to the next one outside its rack, the third to the next other one in the second's rack, all
 * further ones to the next DataNode whose rack is not full. Where a rack has no other DataNode, the policy falls back as
 * HDFS does: to the first copy's rack, then to any. Like HDFS it places fewer copies when there is no room for all.
 */
export function place(request: PlacementRequest): Placement {
    const datanodes = request.members
        .filter(isDatanode)
        .map(({ node }) => ({ id: node, rack: rackOf(request.node(node)) }));
    if (datanodes.length === 0) {
        return {
            kind: 'impossible',
            message: `${request.cluster.name} has no DataNode, so its blocks stand nowhere.`,
            help: 'Give nodes the role: `nodes dn-[1..3] across zones as datanode`.',
        };
    }
    const nextBlock = blockPlacer(datanodes);
    return { kind: 'placed', copies: request.shards.map(({ copies }) => nextBlock(copies)) };
}

function blockPlacer(datanodes: readonly Datanode[]): (copies: number) => readonly NodeId[] {
    const racks = new Map<string, Datanode[]>();
    for (const datanode of datanodes) {
        const known = racks.get(datanode.rack) ?? [];
        known.push(datanode);
        racks.set(datanode.rack, known);
    }
    const firsts = new Turns(datanodes);
    const seconds = new Turns(datanodes);
    const further = new Turns(datanodes);
    const inRack = new Map([...racks].map(([rack, inside]) => [rack, new Turns(inside)]));

    const secondOf = (block: Block, first: Datanode): Datanode | undefined =>
        seconds.next(block, first.rack) ?? inRack.get(first.rack)!.next(block);
    const thirdOf = (block: Block, first: Datanode, second: Datanode): Datanode | undefined =>
        inRack.get(second.rack)!.next(block) ?? inRack.get(first.rack)!.next(block) ?? further.next(block);
    const nextOf = (block: Block): Datanode | undefined => {
        const [first, second, third] = block.copies;
        if (first === undefined) {
            return firsts.next(block);
        }
        if (second === undefined) {
            return secondOf(block, first);
        }
        return third === undefined ? thirdOf(block, first, second) : further.next(block);
    };

    return (copies) => {
        const total = Math.min(copies, datanodes.length);
        const block = new Block(mostPerRack(total, racks.size));
        while (block.copies.length < total) {
            const next = nextOf(block);
            if (next === undefined) {
                break;
            }
            block.add(next);
        }
        return block.copies.map(({ id }) => id);
    };
}

/** How many copies of a block one rack may hold: never all of them while there is another rack. */
function mostPerRack(copies: number, racks: number): number {
    if (racks === 1 || copies === 1) {
        return copies;
    }
    const most = Math.floor((copies - 1) / racks) + 2;
    return most === copies ? most - 1 : most;
}

/** One block and where its copies stand so far. */
class Block {
    readonly copies: Datanode[] = [];
    private readonly held = new Set<NodeId>();
    private readonly inRack = new Map<string, number>();

    constructor(private readonly perRack: number) {}

    holds({ id }: Datanode): boolean {
        return this.held.has(id);
    }

    isFull(rack: string): boolean {
        return (this.inRack.get(rack) ?? 0) >= this.perRack;
    }

    add(datanode: Datanode): void {
        this.copies.push(datanode);
        this.held.add(datanode.id);
        this.inRack.set(datanode.rack, (this.inRack.get(datanode.rack) ?? 0) + 1);
    }
}

/** DataNodes in turn. Neighbours of one rack are passed over in one step, so that a large rack costs no more than a small one. */
class Turns {
    private at = 0;
    /** How many nodes from here on stand in the same rack. */
    private readonly run: readonly number[];

    constructor(private readonly nodes: readonly Datanode[]) {
        const run = nodes.map(() => 1);
        for (let index = nodes.length - 2; index >= 0; index--) {
            run[index] = nodes[index]!.rack === nodes[index + 1]!.rack ? run[index + 1]! + 1 : 1;
        }
        this.run = run;
    }

    /** The next one that may hold another copy of the block; undefined if none may. */
    next(block: Block, avoided?: string): Datanode | undefined {
        for (let passed = 0; passed < this.nodes.length;) {
            const index = (this.at + passed) % this.nodes.length;
            const node = this.nodes[index]!;
            if (node.rack === avoided || block.isFull(node.rack)) {
                passed += this.run[index]!;
            } else if (block.holds(node)) {
                passed += 1;
            } else {
                this.at = (index + 1) % this.nodes.length;
                return node;
            }
        }
        return undefined;
    }
}
