import { localityWithin, single, singlesBy, type Locality, type ServiceRules } from '../../../proof/index.js';
import type { EngineContext } from '../../engine.js';
import { capacityOf } from '../checks/capacity.js';
import { successionOf } from '../front.js';

/** @param ordered one server serves at a time, so that it matters which; else all are treated alike, and only counted */
export function serverLocality(rules: ServiceRules, context: EngineContext, ordered: boolean): Locality {
    const { members } = context.cluster;
    const nodes = [...new Set([...successionOf(context), ...members.map(({ node }) => node)])];
    if (ordered) {
        return localityWithin(rules, { nodes });
    }
    const capacities = new Map(members.map((member) => [member.node, capacityOf(member)]));
    const byCapacity = { nodes: [], counted: singlesBy(nodes, (node) => capacities.get(node)) };
    return localityWithin(rules, { nodes: [], counted: [single(nodes)] }, byCapacity);
}
