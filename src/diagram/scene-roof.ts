import type { DrawnAddress, DrawnClient, DrawnCluster } from './drawing.js';
import { TYPE, type Box } from './geometry.js';
import { CLIENT, engineText, ROOF } from './roof.js';
import { toneClass } from './scene-card.js';
import { element, fitted, fittedName, plainWidth, type SceneOptions } from './scene-element.js';
import { serviceAt, serviceMark, serviceNow } from './service.js';
import { svg, type SvgElement } from './svg.js';

/** A cluster stands above its nodes like a roof, its eave in its tone, its addresses under its name. `names`: of all clusters. */
export function clusterScene(
    cluster: DrawnCluster,
    box: Box,
    options: SceneOptions,
    names: readonly string[],
): SvgElement {
    const bottom = box.y + box.height;
    const right = box.x + box.width;
    const outline = `M${box.x} ${bottom}L${box.x + ROOF.slope} ${box.y}H${right - ROOF.slope}L${right} ${bottom}Z`;
    const engine = engineText(cluster);
    // Words may come closer to the edge before anything is left out of them.
    const room = box.width - ROOF.padding - plainWidth(engine, TYPE.detail, options) - ROOF.line / 2;
    const { moment } = options;
    const service = serviceAt(moment, cluster.id);
    const now = (of?: DrawnAddress): readonly string[] =>
        moment === undefined ? [] : [serviceNow(moment, of?.service ?? cluster.id, of?.serves)];
    const said = { ...cluster, facts: [...now(), ...cluster.facts] };
    const own = element(said, 'cluster', 'Cluster', options, [
        svg('path', { class: 'shape', d: outline }),
        svg('path', { class: toneClass(cluster.tone), d: `M${box.x + 1} ${bottom - 1.5}H${right - 1}` }),
        svg(
            'text',
            { class: 'middle', x: box.x + box.width / 2, y: box.y + ROOF.nameBaseline },
            svg('tspan', { class: 'name' }, fittedName(cluster.label, room, options, names)),
            svg('tspan', { class: 'detail', dx: ROOF.line / 2 }, engine),
            ...(service === undefined ? [] : [serviceMark(service)]),
        ),
    ]);
    const addresses = cluster.addresses.map((address, line) => {
        const troubled = serviceAt(moment, address.service ?? cluster.id, address.serves);
        const y = box.y + ROOF.header + line * ROOF.line;
        const room = box.width - 2 * ROOF.padding;
        const drawn = { ...address, facts: [...now(address), ...address.facts] };
        return element(drawn, 'address', 'Address', options, [
            svg('rect', { class: 'shape', x: box.x + ROOF.padding, y: y - 5, width: room, height: ROOF.line, rx: 4 }),
            svg(
                'text',
                { class: 'detail middle figures', x: box.x + box.width / 2, y: y + 7 },
                fitted(address.label, TYPE.detail, box.width - ROOF.padding, options),
                ...(troubled === undefined ? [] : [serviceMark(troubled)]),
            ),
        ]);
    });
    const head =
        service === undefined ? own : { ...own, attributes: { ...own.attributes, 'data-trouble': service.form } };
    return svg('g', { class: 'roof' }, head, ...addresses);
}

export function clientScene(
    client: DrawnClient,
    box: Box,
    options: SceneOptions,
    names: readonly string[],
): SvgElement {
    const x = box.x + box.width / 2;
    const room = box.width - CLIENT.padding;
    return element(client, 'client', 'Clients', options, [
        svg('rect', { class: 'shape', ...box, rx: 16 }),
        svg(
            'text',
            { class: 'name middle', x, y: box.y + CLIENT.nameBaseline },
            fittedName(client.label, room, options, names),
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
