/**
 * How the active controller changes one partition: who leaves its in-sync set, who may lead without loss later, who leads.
 *
 * Follows PartitionChangeBuilder.java of Kafka 4 (maybePopulateTargetElr, electAnyLeader, electPreferredLeader).
 */
import type { NodeId } from '../../../topology/index.js';

export const NO_LEADER = -1;

/** A partition as the metadata has it. */
export interface PartitionState {
    readonly leader: NodeId;
    /** Counts leaders. */
    readonly epoch: number;
    /** In order of the assignment. Without eligible leader replicas its last member never leaves it. */
    readonly isr: readonly NodeId[];
    /** Replicas that left the in-sync set while it was too small, and so hold every committed write. */
    readonly elr: readonly NodeId[];
    /** Who led when the in-sync set became empty. */
    readonly lastLeader: NodeId;
}

/** What the controller knows when it changes a partition. */
export interface ElectionGround {
    readonly replicas: readonly NodeId[];
    /** In-sync replicas that are needed, at most as many as there are replicas. */
    readonly needed: number;
    readonly eligibleLeaderReplicas: boolean;
    readonly unclean: boolean;
    /** Whether the broker is not fenced. */
    readonly isActive: (node: NodeId) => boolean;
}

export interface PartitionChange {
    /** Brokers that leave the in-sync set. */
    readonly without?: readonly NodeId[];
    /** Brokers that enter it. */
    readonly with?: readonly NodeId[];
    /** Brokers that came back without what they had not written to disk. */
    readonly uncleanlyStopped?: readonly NodeId[];
    /** Whether the first listed replica leads whenever it can. */
    readonly preferred?: boolean;
}

export interface ChangedPartition extends PartitionState {
    /** The new leader may lack committed writes. */
    readonly isUnclean: boolean;
}

/** The partition after the change; undefined if nothing about it changes. */
export function changed(
    state: PartitionState,
    change: PartitionChange,
    ground: ElectionGround,
): ChangedPartition | undefined {
    const isr = changedIsr(state, change, ground);
    const elr = changedElr(state, isr, change, ground);
    const elected = elect(state, isr, elr, change, ground);
    const leads = elected.leader;
    const fromElr = leads !== NO_LEADER && !elected.isUnclean && elr.includes(leads);
    const next = {
        leader: leads,
        epoch: leads === state.leader ? state.epoch : state.epoch + 1,
        isr: elected.isUnclean || fromElr ? [leads] : isr,
        elr: elected.isUnclean ? [] : fromElr ? elr.filter((node) => node !== leads) : elr,
        lastLeader: isr.length === 0 && state.leader !== NO_LEADER ? state.leader : state.lastLeader,
        isUnclean: elected.isUnclean,
    };
    const isSame = next.leader === state.leader && same(next.isr, state.isr) && same(next.elr, state.elr);
    return isSame ? undefined : next;
}

function changedIsr({ isr }: PartitionState, change: PartitionChange, ground: ElectionGround): readonly NodeId[] {
    const gone = [...(change.without ?? []), ...(change.uncleanlyStopped ?? [])];
    const stays = isr.filter((node) => !gone.includes(node));
    const next = ground.replicas.filter((node) => stays.includes(node) || (change.with ?? []).includes(node));
    return next.length > 0 || ground.eligibleLeaderReplicas ? next : isr;
}

function changedElr(
    state: PartitionState,
    isr: readonly NodeId[],
    { uncleanlyStopped = [] }: PartitionChange,
    ground: ElectionGround,
): readonly NodeId[] {
    if (!ground.eligibleLeaderReplicas || isr.length >= ground.needed) {
        return [];
    }
    return ground.replicas.filter(
        (node) =>
            (state.elr.includes(node) || state.isr.includes(node)) &&
            !isr.includes(node) &&
            !uncleanlyStopped.includes(node),
    );
}

function elect(
    state: PartitionState,
    isr: readonly NodeId[],
    elr: readonly NodeId[],
    { preferred = false }: PartitionChange,
    ground: ElectionGround,
): { readonly leader: NodeId; readonly isUnclean: boolean } {
    const isValid = (node: NodeId): boolean =>
        (isr.includes(node) || (isr.length === 0 && elr.includes(node))) && ground.isActive(node);
    const keeps = !preferred || !isValid(ground.replicas[0]!);
    if (keeps && isValid(state.leader)) {
        return { leader: state.leader, isUnclean: false };
    }
    const clean = ground.replicas.find(isValid);
    if (clean !== undefined) {
        return { leader: clean, isUnclean: false };
    }
    const known = isr.length === 0 && elr.length === 0 ? state.lastLeader : NO_LEADER;
    if (ground.eligibleLeaderReplicas && known !== NO_LEADER && ground.isActive(known)) {
        return { leader: known, isUnclean: true };
    }
    const any = ground.unclean ? ground.replicas.find((node) => ground.isActive(node)) : undefined;
    return any === undefined ? { leader: NO_LEADER, isUnclean: false } : { leader: any, isUnclean: true };
}

export function same(one: readonly NodeId[], other: readonly NodeId[]): boolean {
    return one.length === other.length && one.every((node, index) => node === other[index]);
}
