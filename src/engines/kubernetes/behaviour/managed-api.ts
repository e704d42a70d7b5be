import type { Attempt, Cause, HandlerId, HostChange, Point, Steadiness } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { connected } from '../../shared/simulation/index.js';
import type { Api } from './api.js';
import type { Site } from './site.js';

/**
 * A control plane that a provider runs, reached from wherever the outside is. When a zone of the cluster loses power it fails
 * over, which takes what the file assumes; otherwise it works.
 */
export class ManagedApi implements Api {
    private readonly zones: readonly number[];
    private darkZones = 0;
    private backAtMs = 0;
    private readonly back: HandlerId;

    constructor(private readonly site: Site) {
        this.back = site.world.handler(() => site.changed());
        const { nodes } = site.world.topology;
        this.zones = [...new Set(site.context.cluster.members.flatMap(({ node }) => nodes[node]!.zone ?? []))];
    }

    start(): void {
        this.darkZones = this.countDark();
    }

    hostChanged(_node: NodeId, _change: HostChange, _cause: Cause): void {
        const dark = this.countDark();
        const assumed = this.site.context.cluster.assumptions.findLast(({ what }) => what === 'failover');
        if (dark > this.darkZones && assumed !== undefined) {
            const { world } = this.site;
            const random = world.stream(world.cluster.name, `failover of the control plane at ${world.now}`);
            this.backAtMs = world.now + random.between(assumed.minimumMs, assumed.maximumMs);
            world.schedule(this.backAtMs, this.back);
        }
        this.darkZones = dark;
    }

    networkChanged(): void {
        this.site.changed();
    }

    review(): void {
        this.darkZones = this.countDark();
    }

    works(): boolean {
        return this.site.world.now >= this.backAtMs;
    }

    servers(): readonly NodeId[] {
        return [];
    }

    answers(from: Point): boolean {
        return this.works() && connected(this.site.world, from, this.site.world.outside);
    }

    worksAt(): boolean {
        return this.works();
    }

    leaders(): readonly NodeId[] {
        return [];
    }

    whyPowerless(): undefined {
        return undefined;
    }

    attempt(): Attempt {
        throw new Error('A managed control plane is no service of the cluster.');
    }

    steadiness(): Steadiness {
        return { kind: 'varies' };
    }

    private countDark(): number {
        const { world } = this.site;
        return this.zones.filter((zone) => !world.hasPower(world.providerIn(zone))).length;
    }
}
