import { assertNever, type PlaceId, type Topology } from '../topology/index.js';
import type { FailureState } from './rules.js';
import type { FailureUnit } from './units.js';

/** The topology right after these things lost power at one instant. */
export function stateAfter(topology: Topology, units: readonly FailureUnit[]): FailureState {
    const alive = new Uint8Array(topology.nodes.length).fill(1);
    for (const unit of units) {
        for (const node of unit.nodes) {
            alive[node] = 0;
        }
    }
    return {
        alive,
        failed: [...new Set(units.flatMap(({ nodes }) => nodes))].sort((one, other) => one - other),
        dark: units.flatMap(placeOf),
    };
}

function placeOf({ level, id }: FailureUnit): readonly PlaceId[] {
    switch (level) {
        case 'zone':
            return [{ kind: 'zone', zone: id }];
        case 'region':
            return [{ kind: 'region', region: id }];
        case 'rack':
        case 'node':
            return [];
        default:
            return assertNever(level);
    }
}
