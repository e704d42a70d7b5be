/** The drawing as a Mermaid flowchart, for documents that render such text. */
import type { Drawing, DrawnCluster, DrawnLink, DrawnNode, DrawnRegion } from './drawing.js';
import { PLACELESS_ID, unzonedId } from './drawing.js';
import { summary, titleOf } from './render.js';
import { visible } from './text.js';

const INDENT = '    ';

/** Regions and zones are subgraphs; whatever the drawing joins with a line is joined here. */
export function mermaidOf(drawing: Drawing): string {
    const names = new Names();
    const { regions, placeless, clusters, clients, links } = drawing;
    const lines = [
        ...clients.map((client) => `${names.of(client.id)}(["${words([client.label, ...client.demands])}"])`),
        ...clusters.map((cluster) => `${names.of(cluster.id)}[["${clusterWords(cluster)}"]]`),
        ...regions.flatMap((region) => regionLines(region, names)),
        ...subgraph(PLACELESS_ID, 'no declared place', placeless, names),
    ];
    // A line to something that is not drawn would draw it anew.
    const joined = links.filter(({ from, to }) => names.knows(from) && names.knows(to));
    return [
        'flowchart TB',
        `${INDENT}accTitle: ${plain(titleOf(drawing))}`,
        `${INDENT}accDescr: ${plain(summary(drawing))}`,
        ...[...lines, ...joined.map((link) => linkLine(link, names))].map((line) => `${INDENT}${line}`),
        '',
    ].join('\n');
}

function regionLines(region: DrawnRegion, names: Names): string[] {
    return [
        `subgraph ${names.of(region.id)}["${words([region.label])}"]`,
        ...region.zones.flatMap((zone) => indented(zoneLines(zone.id, zone.label, zone.nodes, names))),
        ...indented(subgraph(unzonedId(region.id), 'in no zone', region.nodes, names)),
        'end',
    ];
}

/** Nothing for a place that holds nothing: the file does not declare it. */
function subgraph(id: string, label: string, nodes: readonly DrawnNode[], names: Names): string[] {
    return nodes.length === 0 ? [] : zoneLines(id, label, nodes, names);
}

function zoneLines(id: string, label: string, nodes: readonly DrawnNode[], names: Names): string[] {
    return [
        `subgraph ${names.of(id)}["${words([label])}"]`,
        ...nodes.map((node) => `${INDENT}${names.of(node.id)}["${nodeWords(node)}"]`),
        'end',
    ];
}

function nodeWords({ label, roles, controls = [], copies }: DrawnNode): string {
    const led = controls.filter(({ leads }) => leads).map(({ cluster }) => `leads ${cluster}`);
    const held = copies.map((copy) => `${copy.label}${copy.leaderless || copy.role === 'replica' ? '' : ' (leads)'}`);
    return words([label, ...(roles.length === 0 ? [] : [roles.join(', ')]), ...led, ...held]);
}

function clusterWords({ label, engine, version, addresses }: DrawnCluster): string {
    return words([
        label,
        version === undefined ? engine : `${engine} ${version}`,
        ...addresses.map((each) => each.label),
    ]);
}

function linkLine({ kind, from, to, label, asynchronous, standby }: DrawnLink, names: Names): string {
    const arrow = kind === 'dependency' ? '==>' : asynchronous || standby === true ? '-.->' : '-->';
    const said = standby === true ? 'standby' : label;
    const text = said === '' ? '' : `|"${words([said])}"|`;
    return `${names.of(from)} ${arrow}${text} ${names.of(to)}`;
}

/** Ids that no word of the flowchart's language is taken for. */
class Names {
    readonly #names = new Map<string, string>();

    of(id: string): string {
        const known = this.#names.get(id) ?? `e${String(this.#names.size + 1)}`;
        this.#names.set(id, known);
        return known;
    }

    knows(id: string): boolean {
        return this.#names.has(id);
    }
}

function words(lines: readonly string[]): string {
    return lines.map(escaped).join('<br/>');
}

/** Mermaid reads `#quot;` and the like inside of quotes; what could be markup must not be. */
function escaped(text: string): string {
    return plain(text).replace(/[#"<>&`\\]/g, (character) => `#${String(character.codePointAt(0))};`);
}

function plain(text: string): string {
    return visible(text).replace(/\s+/g, ' ');
}

function indented(lines: readonly string[]): string[] {
    return lines.map((line) => `${INDENT}${line}`);
}
