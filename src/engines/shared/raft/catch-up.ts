import type { HandlerId } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { RaftGroup } from './group.js';

/** A member that starts looks this often, and for so long, whether it has others to talk to. */
const LOOK_MS = 50;
const PATIENCE_MS = 5_000;

/**
 * A member that starts need not wait for a whole election timeout: as soon as it hears at least two others, and at once if it
 * is alone, it puts its clock forward to two ticks, or one, before the end of it (etcdserver/server.go: adjustTicks;
 * `initial-election-tick-advance` is on by default).
 */
export class TickCatchUp {
    /** Until when each member looks, in ms. */
    private readonly untilMs = new Map<NodeId, number>();
    private readonly onLook: HandlerId;

    constructor(private readonly group: RaftGroup) {
        this.onLook = group.world.handler((node, untilMs) => this.look(node, untilMs));
    }

    begin(node: NodeId): void {
        const untilMs = this.group.world.now + PATIENCE_MS;
        this.untilMs.set(node, untilMs);
        if (this.group.members.size === 1) {
            this.group.at(node).elapsed += this.group.electionTicks - 1;
        } else {
            this.group.world.schedule(this.group.world.now + LOOK_MS, this.onLook, node, untilMs);
        }
    }

    private look(node: NodeId, untilMs: number): void {
        const { group } = this;
        if (this.untilMs.get(node) !== untilMs || !group.runs(node)) {
            return;
        }
        const peers = [...group.members.keys()].filter(
            (other) => other !== node && group.runs(other) && group.linked(node, other),
        );
        if (peers.length > 1) {
            group.at(node).elapsed += group.electionTicks - 2;
        } else if (group.world.now < untilMs) {
            group.world.schedule(group.world.now + LOOK_MS, this.onLook, node, untilMs);
        }
    }
}
