/** A failure set as the steps of a scenario. */
import type { FailureUnit } from '../../proof/index.js';
import {
    assertNever,
    type Fault,
    type PlaceId,
    type SourceRange,
    type Step,
    type Topology,
} from '../../topology/index.js';
import { nodeReference, placeReference } from '../names.js';

/** Late enough for every cluster to be at rest. */
export const STRIKE_MS = 30_000;

/** All units lose power at one instant. Nodes come first, then zones, then regions. */
export function strike(topology: Topology, units: readonly FailureUnit[], source: SourceRange): readonly Step[] {
    const faults = [
        nodesFault(topology, units),
        placesFault(topology, units, 'zone'),
        placesFault(topology, units, 'region'),
    ];
    return faults.flatMap((fault) =>
        fault === undefined ? [] : [{ atMs: STRIKE_MS, fault: fault.fault, text: fault.text, source }],
    );
}

/** `zone us-east-1.a`, `node cache-1`: one entry for each unit. */
export function faultNames(topology: Topology, units: readonly FailureUnit[]): readonly string[] {
    return units.map((unit) => `${unit.level} ${unitReference(topology, unit)}`);
}

function unitReference(topology: Topology, unit: FailureUnit): string {
    switch (unit.level) {
        case 'node':
            return nodeReference(topology, unit.id);
        case 'rack':
            return unit.name;
        case 'zone':
        case 'region':
            return placeReference(topology, placeOf(unit.level, unit));
        default:
            return assertNever(unit.level);
    }
}

interface WrittenFault {
    readonly fault: Fault;
    readonly text: string;
}

/** No fault strikes a rack as such: its nodes fail together. */
function nodesFault(topology: Topology, units: readonly FailureUnit[]): WrittenFault | undefined {
    const ids = units.filter(({ level }) => level === 'node' || level === 'rack').flatMap((unit) => unit.nodes);
    const nodes = [...new Set(ids)];
    if (nodes.length === 0) {
        return undefined;
    }
    const names = nodes.map((node) => nodeReference(topology, node));
    return {
        fault: { kind: 'fail', selection: { kind: 'nodes', nodes: nodes.map((node) => ({ kind: 'node', node })) } },
        text: `fail node ${names.join(', ')}`,
    };
}

function placesFault(
    topology: Topology,
    units: readonly FailureUnit[],
    level: 'zone' | 'region',
): WrittenFault | undefined {
    const places = units.filter((unit) => unit.level === level).map((unit) => placeOf(level, unit));
    if (places.length === 0) {
        return undefined;
    }
    const names = places.map((place) => placeReference(topology, place));
    return {
        fault: { kind: 'fail', selection: { kind: 'places', places } },
        text: `fail ${level} ${names.join(', ')}`,
    };
}

function placeOf(level: 'zone' | 'region', unit: FailureUnit): PlaceId {
    return level === 'zone' ? { kind: 'zone', zone: unit.id } : { kind: 'region', region: unit.id };
}
