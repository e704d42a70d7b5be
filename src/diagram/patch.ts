/** What is different between two drawings of one document, small enough to be sent while somebody types. */
import type { Drawing, DrawnClient, DrawnCluster, DrawnLink, DrawnNode, DrawnRegion, DrawnZone } from './drawing.js';

/** Changes of a list of elements: `order` names all ids where the order or the set changed, `put` holds what is new or other. */
export interface ListPatch<T> {
    readonly order?: readonly string[];
    readonly put: readonly T[];
}

type BareRegion = Omit<DrawnRegion, 'zones' | 'nodes'>;
type BareZone = Omit<DrawnZone, 'nodes'>;

/** Parts that are missing are as before. Zones and nodes are patched for themselves, so that a line's edit sends a line's worth. */
export interface DrawingPatch {
    readonly title?: string;
    readonly regions?: ListPatch<BareRegion>;
    /** `of`: id of the region. */
    readonly zones: readonly (ListPatch<BareZone> & { readonly of: string })[];
    /** `of`: id of the zone or of the region; null: nodes without a place. */
    readonly nodes: readonly (ListPatch<DrawnNode> & { readonly of: string | null })[];
    readonly clusters?: ListPatch<DrawnCluster>;
    readonly clients?: ListPatch<DrawnClient>;
    readonly links?: ListPatch<DrawnLink>;
}

/** Undefined where nothing changed. */
export function patchBetween(before: Drawing, after: Drawing): DrawingPatch | undefined {
    const regions = listPatch(before.regions.map(bareRegion), after.regions.map(bareRegion));
    const clusters = listPatch(before.clusters, after.clusters);
    const clients = listPatch(before.clients, after.clients);
    const links = listPatch(before.links, after.links);
    const [zonesBefore, nodesBefore] = [zoneLists(before), nodeLists(before)];
    const patch: DrawingPatch = {
        ...(before.title === after.title ? {} : { title: after.title }),
        ...(regions && { regions }),
        zones: [...zoneLists(after)].flatMap(([of, zones]) => {
            const changes = listPatch(zonesBefore.get(of) ?? [], zones);
            return changes ? [{ of, ...changes }] : [];
        }),
        nodes: [...nodeLists(after)].flatMap(([of, nodes]) => {
            const changes = listPatch(nodesBefore.get(of) ?? [], nodes);
            return changes ? [{ of, ...changes }] : [];
        }),
        ...(clusters && { clusters }),
        ...(clients && { clients }),
        ...(links && { links }),
    };
    const { zones, nodes, ...others } = patch;
    return zones.length + nodes.length + Object.keys(others).length === 0 ? undefined : patch;
}

/** The drawing after the changes. What did not change is the same object as before. */
export function patched(before: Drawing, patch: DrawingPatch): Drawing {
    const regions = patch.regions ? patchedList(before.regions.map(bareRegion), patch.regions) : before.regions;
    const [zoneChanges, nodeChanges] = [changesOf(patch.zones), changesOf(patch.nodes)];
    const [zones, nodes] = [zoneLists(before), nodeLists(before)];
    const nodesOf = (of: string | null): readonly DrawnNode[] => patchedList(nodes.get(of) ?? [], nodeChanges.get(of));
    const known = new Map(before.regions.map((region) => [region.id, region]));
    const untouched = (region: BareRegion): DrawnRegion | undefined => {
        const old = known.get(region.id);
        const places = old && [old.id, ...old.zones.map(({ id }) => id)];
        const same = old && !zoneChanges.has(old.id) && !places?.some((id) => nodeChanges.has(id));
        return same && (old === region || alike(bareRegion(old), region)) ? old : undefined;
    };
    return {
        title: patch.title ?? before.title,
        regions: regions.map(
            (region) =>
                untouched(region) ?? {
                    ...bareRegion(region),
                    zones: patchedList(zones.get(region.id) ?? [], zoneChanges.get(region.id)).map((zone) => ({
                        ...zone,
                        nodes: nodesOf(zone.id),
                    })),
                    nodes: nodesOf(region.id),
                },
        ),
        placeless: nodesOf(null),
        clusters: patchedList(before.clusters, patch.clusters),
        clients: patchedList(before.clients, patch.clients),
        links: patchedList(before.links, patch.links),
    };
}

function bareRegion({ id, label, source, facts }: BareRegion): BareRegion {
    return { id, label, source, facts };
}

function bareZone({ id, label, source, facts }: BareZone): BareZone {
    return { id, label, source, facts };
}

function zoneLists({ regions }: Drawing): ReadonlyMap<string, readonly BareZone[]> {
    return new Map(regions.map(({ id, zones }) => [id, zones.map(bareZone)]));
}

function nodeLists({ regions, placeless }: Drawing): ReadonlyMap<string | null, readonly DrawnNode[]> {
    const places = regions.flatMap((region) => [region, ...region.zones]);
    return new Map<string | null, readonly DrawnNode[]>([
        [null, placeless],
        ...places.map(({ id, nodes }) => [id, nodes] as const),
    ]);
}

function changesOf<K, T extends { readonly of: K }>(changes: readonly T[]): ReadonlyMap<K, T> {
    return new Map(changes.map((change) => [change.of, change]));
}

function listPatch<T extends { readonly id: string }>(
    before: readonly T[],
    after: readonly T[],
): ListPatch<T> | undefined {
    const known = new Map(before.map((each) => [each.id, each]));
    const put = after.filter((each) => {
        const old = known.get(each.id);
        return old === undefined || !alike(old, each);
    });
    const sameOrder = before.length === after.length && before.every(({ id }, at) => after[at]?.id === id);
    if (sameOrder && put.length === 0) {
        return undefined;
    }
    return sameOrder ? { put } : { order: after.map(({ id }) => id), put };
}

function patchedList<T extends { readonly id: string }>(before: readonly T[], patch?: ListPatch<T>): readonly T[] {
    if (patch === undefined) {
        return before;
    }
    const known = new Map([...before, ...patch.put].map((each) => [each.id, each]));
    return (patch.order ?? before.map(({ id }) => id)).flatMap((id) => known.get(id) ?? []);
}

/** Drawings are plain data with their keys always in the same order. */
function alike(one: object, other: object): boolean {
    return one === other || JSON.stringify(one) === JSON.stringify(other);
}
