/** Zones and regions of which a reader wants to see no more than how much they hold and how it is. */
import type { Drawing, DrawnRegion, DrawnZone } from './drawing.js';
import { unzonedId } from './drawing.js';

/** `folded`: ids of zones and regions. Lines to what is no longer there go with it. */
export function foldedDrawing(drawing: Drawing, folded: ReadonlySet<string>): Drawing {
    if (folded.size === 0) {
        return drawing;
    }
    const hidden = new Set(
        drawing.regions
            .filter(({ id }) => folded.has(id))
            .flatMap(({ id, zones }) => [unzonedId(id), ...zones.map((zone) => zone.id)]),
    );
    return {
        ...drawing,
        regions: drawing.regions.map((region) =>
            folded.has(region.id)
                ? foldedRegion(region)
                : { ...region, zones: region.zones.map((zone) => (folded.has(zone.id) ? foldedZone(zone) : zone)) },
        ),
        links: drawing.links.filter(({ from, to }) => !hidden.has(from) && !hidden.has(to)),
    };
}

function foldedZone(zone: DrawnZone): DrawnZone {
    return { ...zone, nodes: [], folded: { zones: 0, nodes: zone.nodes } };
}

function foldedRegion(region: DrawnRegion): DrawnRegion {
    const nodes = [...region.zones.flatMap((zone) => zone.nodes), ...region.nodes];
    return { ...region, zones: [], nodes: [], folded: { zones: region.zones.length, nodes } };
}
