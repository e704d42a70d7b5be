import { type Fault, type Selection, type Side } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import type { HalfTyped } from './half-typed.js';
import { placeOf, placesOf, present, selectorOf, selectorsOf } from './references.js';
import { replacements } from './report.js';
import { sourceOf, sourceOfProperty } from './source.js';
import type { Resolution } from './state.js';

/** Undefined when a figure or a name in it is not understood; that has been reported. */
export function resolveFault(fault: HalfTyped<ast.Fault>, resolution: Resolution): Fault | undefined {
    switch (fault.$type) {
        case 'NodeFault':
            return fault.kind && { kind: fault.kind, nodes: selectorsOf(fault.nodes, resolution) };
        case 'PlaceFault':
            return fault.kind && { kind: fault.kind, selection: selectionOf(fault, resolution) };
        case 'Partition':
            return { kind: 'partition', sides: fault.sides.map((side) => sideOf(side.members, resolution)) };
        case 'Cut':
            return {
                kind: 'cut',
                from: sideOf(fault.from?.members ?? [], resolution),
                to: sideOf(fault.to?.members ?? [], resolution),
            };
        case 'Heal':
            return { kind: 'heal' };
        case 'Slow': {
            const delayMs = resolution.figures.duration(fault.delay, sourceOfProperty(fault, 'delay'));
            return delayMs === undefined
                ? undefined
                : { kind: 'slow', selection: selectionOf(fault, resolution), delayMs };
        }
        case 'Drop': {
            const share = resolution.figures.share(fault.share, sourceOfProperty(fault, 'share'));
            if (share === undefined) return undefined;
            return { kind: 'drop', share, from: sideOf([fault.from], resolution), to: sideOf([fault.to], resolution) };
        }
        case 'Roll':
        case 'Promote':
        case 'Switchover':
            return resolveOperation(fault, resolution);
        default:
            // Half typed, it is none of them yet; the parser says so.
            return undefined;
    }
}

/** What an operator does to a whole cluster. */
function resolveOperation(
    fault: HalfTyped<ast.Roll | ast.Promote | ast.Switchover>,
    resolution: Resolution,
): Fault | undefined {
    switch (fault.$type) {
        case 'Roll': {
            const cluster = clusterNamed(fault.cluster?.ref, resolution);
            const periodMs = resolution.figures.duration(fault.period, sourceOfProperty(fault, 'period'));
            return cluster === undefined || periodMs === undefined ? undefined : { kind: 'roll', cluster, periodMs };
        }
        case 'Promote': {
            const cluster = clusterNamed(fault.cluster?.ref, resolution);
            return cluster === undefined ? undefined : { kind: 'promote', cluster };
        }
        case 'Switchover': {
            const cluster = clusterNamed(fault.cluster?.ref, resolution);
            const to = selectorOf(fault.node, resolution);
            return cluster === undefined || !to ? undefined : { kind: 'switchover', cluster, to };
        }
    }
}

type Placed = HalfTyped<ast.PlaceFault | ast.Slow>;

function selectionOf(fault: HalfTyped<ast.PlaceFault | ast.Slow>, resolution: Resolution): Selection {
    if (fault.level === 'node') return { kind: 'nodes', nodes: selectorsOf(fault.nodes, resolution) };
    for (const place of fault.places) checkLevel(place, fault, resolution);
    return { kind: 'places', places: placesOf(fault.places, resolution) };
}

/** `fail zone us-east-1` names a region and would take three zones instead of one. */
function checkLevel(place: ast.PlaceRef, fault: Placed, resolution: Resolution): void {
    const level = fault.level ?? 'zone';
    if ((place.zone !== undefined) === (level === 'zone')) return;
    const other = level === 'zone' ? 'region' : 'zone';
    resolution.report.error(
        'language/wrong-level',
        sourceOf(place),
        `This names a ${other}, but the step speaks of a ${level}.`,
        level === 'zone'
            ? `Name a zone of it, or write '${other}'.`
            : `Leave the zone's name out, or write '${other}'.`,
        undefined,
        fault.places.length === 1 ? replacements(sourceOfProperty(fault, 'level'), other) : [],
    );
}

function sideOf(members: readonly (HalfTyped<ast.SideMember> | undefined)[], resolution: Resolution): Side {
    return {
        places: present(members.map((member) => placeOf(member?.place, resolution))),
        nodes: present(members.map((member) => selectorOf(member?.node, resolution))),
    };
}

function clusterNamed(cluster: ast.Cluster | undefined, resolution: Resolution): number | undefined {
    return cluster && resolution.clusterIds.get(cluster);
}
