import type { Region } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { isRegion } from '../generated/ast.js';
import { declareNodes } from './nodes.js';
import { documented, nameSource } from './source.js';
import { zoneKey, type Draft, type Resolution } from './state.js';

/** Regions with their zones. Regions of one name are one, wherever they are declared. */
export function resolvePlaces(resolution: Resolution): void {
    const zones: { readonly zone: ast.Zone; readonly id: number }[] = [];
    for (const document of resolution.documents) {
        for (const declaration of document.declarations) {
            if (!isRegion(declaration) || !declaration.name) continue;
            const region = resolveRegion(declaration, resolution);
            for (const zone of declaration.zones) {
                if (zone.name) zones.push({ zone, id: resolveZone(zone, region, resolution) });
            }
        }
    }
    // All zones have their numbers before any node does, so that a node's place can be looked up.
    for (const { zone, id } of zones) {
        for (const nodes of zone.nodes) declareNodes(nodes, { zone: id }, resolution);
    }
}

function resolveRegion(declaration: ast.Region, resolution: Resolution): Draft<Region> {
    const known = resolution.regions[resolution.regionIds.get(declaration.name) ?? -1];
    if (known) return known;
    const region: Draft<Region> = {
        id: resolution.regions.length,
        name: declaration.name,
        source: nameSource(declaration),
        ...documented(declaration),
        zones: [],
    };
    resolution.regions.push(region);
    resolution.regionIds.set(region.name, region.id);
    return region;
}

function resolveZone(declaration: ast.Zone, region: Draft<Region>, resolution: Resolution): number {
    const key = zoneKey(region.name, declaration.name);
    const known = resolution.zoneIds.get(key);
    if (known !== undefined) return known;
    const id = resolution.zones.length;
    resolution.zones.push({
        id,
        name: declaration.name,
        qualifiedName: `${region.name}.${declaration.name}`,
        region: region.id,
        source: nameSource(declaration),
        ...documented(declaration),
    });
    resolution.zoneIds.set(key, id);
    region.zones.push(id);
    return id;
}
