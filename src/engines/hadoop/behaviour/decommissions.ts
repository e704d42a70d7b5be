import type { Cause, DrainState, HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { counted, type NodeId } from '../../../topology/index.js';
import type { HadoopConfig } from '../config.js';
import type { Block, Blocks } from './blocks.js';
import type { DataNodes } from './datanodes.js';
import type { NameNodes } from './namenodes.js';

/** A DataNode that an operator has put on the list of `dfs.hosts.exclude`. */
interface Decommission {
    cause: Cause;
    state: DrainState;
}

/**
 * DataNodes that are to go. They get no new blocks from the order on; at its next look the active NameNode counts their copies no
 * longer, so that all of them are made anew elsewhere, and at a later look it finds that this is done (DatanodeAdminManager).
 */
export class Decommissions {
    private readonly all = new Map<NodeId, Decommission>();
    private readonly draws: RandomStream;
    private readonly onLook: HandlerId;
    /** When the NameNodes look; both keep the same time here. */
    private phaseMs: number | undefined;
    private isLooking = false;

    constructor(
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly namenodes: NameNodes,
        private readonly datanodes: DataNodes,
        private readonly blocks: Blocks,
        private readonly listener: {
            /** Copies count no longer, from this event on. */
            uncounted(cause: Cause): void;
        },
    ) {
        this.draws = world.stream(`${world.cluster.name} decommissioning`, 'timing');
        this.onLook = world.handler(() => this.look());
    }

    begin(node: NodeId, cause: Cause): void {
        if (this.all.has(node)) {
            return;
        }
        const held = this.blocks.all.filter(({ holders }) => holders.includes(node)).length;
        const event = this.world.record({
            kind: 'state',
            text: `${this.nameOf(node)} is to be decommissioned: it gets no new blocks, and its ${counted(held, 'copy', 'copies')} ${held === 1 ? 'is' : 'are'} to be made anew elsewhere`,
            cause,
            node,
        });
        const decommission: Decommission = { cause: event, state: 'none' };
        this.all.set(node, decommission);
        this.blocks.leaving.add(node);
        const active = this.namenodes.leaders().find((namenode) => this.datanodes.isDead(namenode, node));
        if (active === undefined) {
            this.planLook();
        } else {
            const name = this.nameOf(node);
            this.finish(active, node, decommission, `counts ${name} as dead, and so as decommissioned at once`);
        }
    }

    state(node: NodeId): DrainState {
        return this.all.get(node)?.state ?? 'none';
    }

    private planLook(): void {
        if (this.isLooking) {
            return;
        }
        const { now } = this.world;
        const everyMs = this.config.decommissionMs;
        this.phaseMs ??= this.draws.below(everyMs);
        this.isLooking = true;
        const turns = Math.floor((now - this.phaseMs) / everyMs) + 1;
        this.world.schedule(this.phaseMs + turns * everyMs, this.onLook);
    }

    private look(): void {
        this.isLooking = false;
        const namenode = this.namenodes.leaders().find((node) => !this.namenodes.inSafeMode(node));
        if (namenode !== undefined) {
            for (const [node, decommission] of this.all) {
                if (decommission.state !== 'done') {
                    this.lookAt(namenode, node, decommission);
                }
            }
        }
        if ([...this.all.values()].some(({ state }) => state !== 'done')) {
            this.planLook();
        }
    }

    private lookAt(namenode: NodeId, node: NodeId, decommission: Decommission): void {
        const isNew = !this.blocks.uncounted.has(node);
        this.blocks.uncounted.add(node);
        const short = this.blocks.all.filter((block) => block.holders.includes(node) && this.isShort(namenode, block));
        // Of a dead one nobody knows what it alone may hold.
        const isSafe =
            !this.datanodes.isDead(namenode, node) || !this.blocks.all.some((each) => this.isShort(namenode, each));
        if (short.length === 0 && isSafe) {
            const text = `finds enough copies of all blocks elsewhere: ${this.nameOf(node)} is decommissioned and may be stopped`;
            this.finish(namenode, node, decommission, text);
            return;
        }
        const stuck = short.find((block) => !this.canBeCopied(namenode, block));
        if (stuck !== undefined && decommission.state !== 'blocked') {
            decommission.cause = this.world.record({
                kind: 'state',
                text: `The decommissioning of ${this.nameOf(node)} waits: no other DataNode can take a copy of ${stuck.shard.name}`,
                cause: decommission.cause,
                node: namenode,
                peer: node,
            });
        }
        decommission.state = stuck === undefined ? 'none' : 'blocked';
        if (isNew) {
            this.listener.uncounted(decommission.cause);
        }
    }

    /** Of a file that wants more copies than usual, so many as usual are enough (DatanodeAdminManager.isSufficient). */
    private isShort(namenode: NodeId, block: Block): boolean {
        const enough = Math.min(block.wanted, this.config.usualCopies);
        return this.blocks.countedCopies(namenode, block).length < enough;
    }

    private canBeCopied(namenode: NodeId, block: Block): boolean {
        return (
            block.targets.size > 0 ||
            this.config.datanodes.some((node) => this.blocks.isUsable(namenode, node) && !block.holders.includes(node))
        );
    }

    private finish(namenode: NodeId, node: NodeId, decommission: Decommission, text: string): void {
        decommission.state = 'done';
        this.blocks.uncounted.add(node);
        this.blocks.decommissioned.add(node);
        decommission.cause = this.world.record({
            kind: 'state',
            text: `${this.nameOf(namenode)} ${text}`,
            cause: decommission.cause,
            node: namenode,
            peer: node,
        });
        this.world.changed();
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
