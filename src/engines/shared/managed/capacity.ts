import { demandsOn, type ClusterId, type Member, type Topology } from '../../../topology/index.js';

/** Who carries what: the leader all that is not sent to replicas, the others in equal parts the rest. */
export interface Carriers {
    /** Requests per second; Infinity: no limit is declared. */
    readonly leader: number;
    /** None: the leader carries everything. */
    readonly followers: readonly number[];
}

export function capacityOf({ capacity }: Member): number {
    return capacity ?? Infinity;
}

/** Requests per second of the declared mix at which the first of them is overloaded. */
export function carriedMix(topology: Topology, cluster: ClusterId, { leader, followers }: Carriers): number {
    const demands = demandsOn(topology, cluster);
    const total = demands.reduce((sum, { rate }) => sum + rate, 0);
    const toReplicas = demands.filter(({ fromReplicas }) => fromReplicas).reduce((sum, { rate }) => sum + rate, 0);
    if (followers.length === 0 || toReplicas === 0) {
        return leader;
    }
    const weakest = Math.min(...followers) * followers.length;
    const own = total - toReplicas;
    return total * Math.min(own === 0 ? Infinity : leader / own, weakest / toReplicas);
}
