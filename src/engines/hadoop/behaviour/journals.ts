import type { Reach, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { majority } from '../../shared/checks/quorum.js';
import type { HadoopConfig } from '../config.js';

/** The JournalNodes as the NameNodes meet them: edits need a majority. Without any, the edits stand where they always can. */
export class Journals {
    private readonly needed: number;

    constructor(
        private readonly world: World,
        private readonly config: HadoopConfig,
    ) {
        const { length } = config.journalnodes;
        this.needed = length === 0 ? 0 : majority(length);
    }

    takeEdits(namenode: NodeId): boolean {
        return this.countOf(namenode, 'open') >= this.needed;
    }

    refuse(namenode: NodeId): boolean {
        return this.countOf(namenode, 'refused') >= this.needed;
    }

    /** How long a NameNode waits for a majority: to have an edit written, or for a new epoch where it is not active yet. */
    patienceMs(isActive: boolean): number {
        return isActive ? this.config.journalTimeoutMs : this.config.epochTimeoutMs;
    }

    private countOf(namenode: NodeId, reach: Reach): number {
        return this.config.journalnodes.filter((journal) => this.world.reach(namenode, journal) === reach).length;
    }
}
