/** Drawing and positions → picture. */
import { clusterScene, clientScene } from './scene-roof.js';
import { legendScene } from './legend.js';
import { linksScene } from './scene-links.js';
import type { SceneOptions } from './scene-element.js';
import { placeScene, regionScene } from './scene-place.js';
import type { Drawing } from './drawing.js';
import type { Box } from './geometry.js';
import { hasField, MARGIN, type Layout } from './layout.js';
import { svg, type SvgElement } from './svg.js';

export interface Scene {
    readonly width: number;
    readonly height: number;
    /** Back to front. */
    readonly layers: readonly SvgElement[];
}

export function sceneOf(drawing: Drawing, layout: Layout, options: SceneOptions): Scene {
    const tones = new Map(drawing.clusters.map((cluster) => [cluster.id, cluster.tone]));
    const boxOf = (id: string): Box[] => {
        const box = layout.boxes.get(id);
        return box === undefined ? [] : [box];
    };
    const regions = layout.packing.regions.flatMap((region) =>
        boxOf(region.id).map((box) => regionScene(drawing, region, box, hasField(layout.packing), options)),
    );
    const zones = new Map(drawing.regions.flatMap((region) => region.zones.map((zone) => [zone.id, zone])));
    const places = layout.packing.regions.flatMap((region) =>
        region.places.flatMap((place, _, all) =>
            boxOf(place.id).map((box) =>
                placeScene(
                    zones.get(place.id),
                    place,
                    box,
                    tones,
                    options,
                    all.map(({ label }) => label),
                ),
            ),
        ),
    );
    const roofs = drawing.clusters.flatMap((cluster) =>
        boxOf(cluster.id).map((box) =>
            clusterScene(
                cluster,
                box,
                options,
                drawing.clusters.map(({ label }) => label),
            ),
        ),
    );
    const clients = drawing.clients.flatMap((client) =>
        boxOf(client.id).map((box) =>
            clientScene(
                client,
                box,
                options,
                drawing.clients.map(({ label }) => label),
            ),
        ),
    );
    // The page has its legend beside the drawing, where it can be read from any distance.
    const legend = options.interactive
        ? { height: 0, layers: [] }
        : legendScene(drawing, { x: MARGIN, y: layout.height, width: layout.width - 2 * MARGIN }, options.moment);
    return {
        width: layout.width,
        height: layout.height + (legend.height === 0 ? 0 : legend.height + MARGIN),
        layers: [
            svg('g', { class: 'regions' }, ...regions),
            svg('g', { class: 'places' }, ...places),
            svg('g', { class: 'roofs' }, ...clients, ...roofs),
            linksScene(drawing, layout, options),
            ...legend.layers,
        ],
    };
}
