import type { DrawnClient, DrawnCluster } from './drawing.js';
import { TYPE, type Box } from './geometry.js';
import { CLIENT, engineText, ROOF } from './roof.js';
import { toneClass } from './scene-card.js';
import { element, fitted, fittedName, plainWidth, type SceneOptions } from './scene-element.js';
import { svg, type SvgElement } from './svg.js';

/** A cluster stands above its nodes like a roof, its eave in its tone, its addresses under its name. */
export function clusterScene(cluster: DrawnCluster, box: Box, options: SceneOptions): SvgElement {
    const bottom = box.y + box.height;
    const right = box.x + box.width;
    const outline = `M${box.x} ${bottom}L${box.x + ROOF.slope} ${box.y}H${right - ROOF.slope}L${right} ${bottom}Z`;
    const engine = engineText(cluster);
    const room = box.width - 2 * ROOF.padding - plainWidth(engine, TYPE.detail, options) - ROOF.line / 2;
    const own = element(cluster, 'cluster', 'Cluster', options, [
        svg('path', { class: 'shape', d: outline }),
        svg('path', { class: toneClass(cluster.tone), d: `M${box.x + 1} ${bottom - 1.5}H${right - 1}` }),
        svg(
            'text',
            { class: 'middle', x: box.x + box.width / 2, y: box.y + ROOF.nameBaseline },
            svg('tspan', { class: 'name' }, fittedName(cluster.label, room, options)),
            svg('tspan', { class: 'detail', dx: ROOF.line / 2 }, engine),
        ),
    ]);
    const addresses = cluster.addresses.map((address, line) =>
        element(address, 'address', 'Address', options, [
            svg('rect', {
                class: 'shape',
                x: box.x + ROOF.padding,
                y: box.y + ROOF.header + line * ROOF.line - 5,
                width: box.width - 2 * ROOF.padding,
                height: ROOF.line,
                rx: 4,
            }),
            svg(
                'text',
                {
                    class: 'detail middle figures',
                    x: box.x + box.width / 2,
                    y: box.y + ROOF.header + line * ROOF.line + 7,
                },
                fitted(address.label, TYPE.detail, box.width - 2 * ROOF.padding, options),
            ),
        ]),
    );
    return svg('g', { class: 'roof' }, own, ...addresses);
}

export function clientScene(client: DrawnClient, box: Box, options: SceneOptions): SvgElement {
    const x = box.x + box.width / 2;
    const room = box.width - CLIENT.padding;
    return element(client, 'client', 'Clients', options, [
        svg('rect', { class: 'shape', ...box, rx: 16 }),
        svg(
            'text',
            { class: 'name middle', x, y: box.y + CLIENT.nameBaseline },
            fittedName(client.label, room, options),
        ),
        ...client.demands.map((line, row) =>
            svg(
                'text',
                { class: 'caption middle figures', x, y: box.y + CLIENT.header + row * CLIENT.line + 8 },
                fitted(line, TYPE.caption, room, options),
            ),
        ),
    ]);
}
