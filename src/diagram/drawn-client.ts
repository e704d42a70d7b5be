import { figure, type Demand, type PlaceId, type Topology, type Workload } from '../topology/index.js';
import type { DrawnClient } from './drawing.js';
import { clientId } from './ids.js';

export function drawnClient(topology: Topology, workload: Workload): DrawnClient {
    const place = workload.place === undefined ? 'outside all places' : `in ${placeName(topology, workload.place)}`;
    return {
        id: clientId(workload),
        label: workload.name,
        source: workload.source,
        facts: [`Clients ${place}.`, ...workload.demands.map(demandFact)],
        demands: demandLines(workload.demands),
    };
}

function demandFact(demand: Demand): string {
    const from = demand.fromReplicas ? ' from replicas' : '';
    return `${demand.operation === 'read' ? 'Reads' : 'Writes'} ${demand.target.text}${from} ${figure(demand.rate)} times per second.`;
}

function demandLines(demands: readonly Demand[]): string[] {
    const lines = new Map<string, string[]>();
    for (const demand of demands) {
        const text = `${demand.operation === 'read' ? 'reads' : 'writes'} ${figure(demand.rate)}/s`;
        lines.set(demand.target.text, [...(lines.get(demand.target.text) ?? []), text]);
    }
    return [...lines].map(([target, texts]) => `${target}: ${texts.join(', ')}`);
}

function placeName(topology: Topology, place: PlaceId): string {
    const found =
        place.kind === 'region' ? topology.regions[place.region]?.name : topology.zones[place.zone]?.qualifiedName;
    return found ?? 'an unknown place';
}
