import type { ClusterId, Member, NodeId, PlaceId, SourceRange } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { isCluster, isProperty, isSettings } from '../generated/ast.js';
import { failureRatesOf } from './failure-rates.js';
import { isRange, parseRange, rangeNames, rangeSize } from '../names/ranges.js';
import { countFrom, RATE, readProperties, TEXT, type PropertyTable, type PropertyValues } from './properties.js';
import { placeOf, placesOf } from './references.js';
import { resolveSettings } from './settings.js';
import { documented, nameSource, sourceOf } from './source.js';
import { MAXIMUM_NODES, type Resolution } from './state.js';

export const NODE_PROPERTIES: PropertyTable = {
    capacity: RATE,
    tier: countFrom(0),
    priority: countFrom(0),
    rack: TEXT,
};

/** What surrounds a `node` statement: the zone that it stands in, or the cluster whose block holds it. */
export type Surroundings =
    { readonly zone: number } | { readonly cluster: ClusterId; readonly places: readonly PlaceId[] };

/** Adds the nodes that a statement declares; a range adds one for each of its names. */
export function declareNodes(statement: ast.Nodes, around: Surroundings, resolution: Resolution): NodeId[] {
    const ids = new Map<string, NodeId>();
    resolution.nodeIds.set(statement, ids);
    const names = declaredNames(statement, resolution);
    if (names.length === 0) {
        if ('cluster' in around) resolution.incomplete.add(around.cluster);
        return [];
    }
    const source = nameSource(statement);
    const common = { source, ...documented(statement), ...rack(statement, resolution) };
    const owner = 'cluster' in around ? around.cluster : undefined;
    const prefix = owner === undefined ? '' : `${resolution.clusters[owner]?.name ?? ''}.`;
    const places = standingPlaces(statement, around, resolution);
    const added: NodeId[] = [];
    names.forEach((name, index) => {
        const qualifiedName = prefix + name;
        if (ids.has(name)) return;
        const id = resolution.nodes.length;
        const place = places.length > 0 ? standing(places[index % places.length], resolution) : {};
        resolution.nodes.push({
            id,
            name,
            qualifiedName,
            ...common,
            ...place,
            ...(owner === undefined ? {} : { owner }),
        });
        ids.set(name, id);
        added.push(id);
    });
    return added;
}

/** What a `node` statement says about the process that runs there. */
export function memberProperties(
    statement: ast.Nodes,
    resolution: Resolution,
): Omit<Member, 'node' | 'roles' | 'source'> {
    const values = readNodeProperties(statement, resolution);
    const [capacity, tier, priority] = [values.number('capacity'), values.number('tier'), values.number('priority')];
    return {
        ...(capacity === undefined ? {} : { capacity }),
        ...(tier === undefined ? {} : { tier }),
        ...(priority === undefined ? {} : { priority }),
        settings: resolveSettings(statement.items.filter(isSettings)),
        ...failureRatesOf(statement.items, resolution),
    };
}

function readNodeProperties(statement: ast.Nodes, resolution: Resolution): PropertyValues {
    return resolution.nodeProperties(statement, () =>
        readProperties(
            statement.items.filter(isProperty),
            NODE_PROPERTIES,
            'A node',
            resolution.report,
            resolution.figures,
        ),
    );
}

function rack(statement: ast.Nodes, resolution: Resolution): { rack?: string } {
    const name = readNodeProperties(statement, resolution).text('rack');
    return name === undefined ? {} : { rack: name };
}

function declaredNames(statement: ast.Nodes, resolution: Resolution): readonly string[] {
    const { name } = statement as Partial<ast.Nodes>;
    if (!name) return [];
    if (!isRange(statement)) {
        return withinLimit(1, nameSource(statement), resolution) ? [name] : [];
    }
    const range = parseRange(name);
    if (!range) {
        resolution.report.error(
            'language/range',
            nameSource(statement),
            `'${name.slice(0, 60)}' is no complete range, so no node can be made from it.`,
            'Write the first and the last number, the lower one first: cache-[1..6].',
        );
        return [];
    }
    return withinLimit(rangeSize(range), nameSource(statement), resolution) ? [...rangeNames(range)] : [];
}

function withinLimit(count: number, at: SourceRange, resolution: Resolution): boolean {
    if (resolution.nodes.length + count <= MAXIMUM_NODES) return true;
    if (!resolution.overflowed) {
        resolution.report.error(
            'language/too-many-nodes',
            at,
            `This makes more than ${MAXIMUM_NODES.toLocaleString('en')} nodes, which is the most that is worked with. It was left out.`,
            'Declare fewer nodes, or split the system into files that are looked at one by one.',
        );
    }
    resolution.overflowed = true;
    return false;
}

/** Where the nodes stand, in turns: each statement begins anew with the first zone. */
function standingPlaces(statement: ast.Nodes, around: Surroundings, resolution: Resolution): readonly PlaceId[] {
    if ('zone' in around) return [{ kind: 'zone', zone: around.zone }];
    if (statement.place) {
        const place = placeOf(statement.place, resolution);
        return place ? [place] : [];
    }
    if (!statement.everyZone && statement.places.length === 0) return around.places.slice(0, 1);
    const across = statement.everyZone ? around.places : placesOf(statement.places, resolution);
    const zones = across.flatMap((place) => zonesOf(place, resolution));
    if (zones.length === 0 && (statement.everyZone || across.length > 0)) reportNoZones(statement, resolution);
    return zones;
}

function zonesOf(place: PlaceId, resolution: Resolution): PlaceId[] {
    if (place.kind === 'zone') return [place];
    return (resolution.regions[place.region]?.zones ?? []).map((zone) => ({ kind: 'zone', zone }));
}

function reportNoZones(statement: ast.Nodes, resolution: Resolution): void {
    const cluster = isCluster(statement.$container) ? statement.$container : undefined;
    resolution.report.error(
        'language/no-zones',
        sourceOf(statement),
        'There are no zones to spread these nodes across, so they would stand nowhere.',
        cluster?.places.length === 0
            ? `Say where the cluster stands: cluster ${cluster.name}: ${cluster.engine} in REGION.`
            : 'Declare zones in the region.',
    );
}

function standing(place: PlaceId | undefined, resolution: Resolution): { region?: number; zone?: number } {
    if (!place) return {};
    if (place.kind === 'region') return { region: place.region };
    const region = resolution.zones[place.zone]?.region;
    return { zone: place.zone, ...(region === undefined ? {} : { region }) };
}
