/** Addresses before several clusters: no system, but what a name service with health checks does, as Route 53. */
import type { ServiceRules } from '../../../proof/index.js';
import type { BehaviourFactory } from '../../../simulator/index.js';
import type { ClusterId, SharedAddress } from '../../../topology/index.js';
import { AddressBehaviour } from './behaviour.js';
import { assumedOf } from './checking.js';
import { AddressRules, type ModelsBehind } from './rules.js';

/** How the address behaves, as a cluster of its own without members. */
export function addressBehaviour(address: SharedAddress): BehaviourFactory {
    return (world) => new AddressBehaviour(world, address);
}

/** `askedBy`: the cluster that needs the address; missing: its own clients ask. */
export function addressRules(address: SharedAddress, models: ModelsBehind, askedBy?: ClusterId): ServiceRules {
    return new AddressRules(address, models, askedBy ?? address.cluster);
}

/** What is taken for granted of it wherever its checks count, as sentences. */
export function addressAssumptions(address: SharedAddress): readonly string[] {
    return assumedOf(address).flatMap(({ sentence = [] }) => sentence);
}
