import * as ast from '../../generated/ast.js';
import type { ClusterServices } from '../../services.js';
import { writtenName } from '../naming/name-text.js';

/**
 * `across …` or `in …` for some nodes of a range that stands `across` zones in turns, so that each stays where it is: every
 * statement begins anew with its first zone. Undefined where the statement does not say `across` or its zones are unknown.
 */
export function placeWords(
    statement: ast.Nodes,
    from: number,
    size: number,
    services: ClusterServices,
): string | undefined {
    const zones = zonesOf(statement, services);
    if (zones.length === 0) return undefined;
    const turn = Array.from(
        { length: Math.min(size, zones.length) },
        (_, index) => zones[(from + index) % zones.length],
    );
    const [first = ''] = turn;
    if (turn.every((zone) => zone === first)) return `in ${first}`;
    // From the beginning in turns is what the statement says already.
    return from % zones.length === 0 && size >= zones.length ? undefined : `across ${turn.join(', ')}`;
}

/** The zones that a statement goes through in turns, as they are written. */
function zonesOf(statement: ast.Nodes, services: ClusterServices): string[] {
    const cluster = statement.$container;
    const places = statement.everyZone && ast.isCluster(cluster) ? cluster.places : statement.places;
    const visible = services.names.Visibility.fromNode(statement);
    return places.flatMap(({ region, zone }) => {
        const names = zone ? [zone.$refText] : [...new Set(visible.zoneEntries(region.$refText).map(([name]) => name))];
        return names.map((name) => `${written(region.$refText, services)}.${written(name, services)}`);
    });
}

function written(name: string, services: ClusterServices): string {
    return writtenName(name, services) ?? name;
}
