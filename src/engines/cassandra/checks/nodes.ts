/** Racks, seeds and logins of the whole cluster. */
import { listed, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { datacentersOf, type Datacenter } from '../datacenters.js';
import { datacenterName, groundOf } from './keyspaces.js';

export function checkNodes(context: EngineContext): readonly Finding[] {
    const datacenters = datacentersOf(groundOf(context));
    return [
        ...datacenters.flatMap((datacenter) => [...oneRack(context, datacenter), ...unevenRacks(context, datacenter)]),
        ...seeds(context, datacenters),
        ...systemAuth(context),
    ];
}

function oneRack(context: EngineContext, { region, racks, nodes }: Datacenter): readonly Finding[] {
    const { topology, cluster } = context;
    const zones = new Set(nodes.flatMap((node) => topology.nodes[node]!.zone ?? []));
    return racks.length !== 1 || zones.size < 2
        ? []
        : [
              {
                  code: 'cassandra/one-rack',
                  severity: 'warning',
                  message: `All nodes of ${cluster.name} in ${datacenterName(context, region)} say that they stand in rack ${racks[0]!.name}, and they stand in ${String(zones.size)} zones: Cassandra does not know the zones then, and may put all copies of a range into one.`,
                  help: 'Remove `rack`, so that zones are racks, or name one rack for each zone.',
                  source: cluster.members.find(({ node }) => node === nodes[0])?.source ?? cluster.source,
              },
          ];
}

function unevenRacks(context: EngineContext, { region, racks }: Datacenter): readonly Finding[] {
    const bySize = racks.toSorted((one, other) => one.nodes.length - other.nodes.length);
    const [smallest, largest] = [bySize[0], bySize.at(-1)];
    return smallest === undefined || largest === undefined || smallest.nodes.length === largest.nodes.length
        ? []
        : [
              {
                  code: 'cassandra/uneven-racks',
                  severity: 'warning',
                  message: `In ${datacenterName(context, region)} rack ${smallest.name} has ${String(smallest.nodes.length)} of the nodes of ${context.cluster.name} and rack ${largest.name} has ${String(largest.nodes.length)}: each rack gets the same share of the copies, so the nodes of the small one carry more.`,
                  help: 'Give every rack as many nodes.',
                  source: context.cluster.source,
              },
          ];
}

function seeds(context: EngineContext, datacenters: readonly Datacenter[]): readonly Finding[] {
    const { topology, cluster } = context;
    const setting = context.written('seeds');
    const named = new Set(setting?.values.flatMap(({ text }) => text.split(/[\s,]+/)) ?? []);
    const nodes = cluster.members.map(({ node }) => node).filter((node) => named.has(topology.nodes[node]!.name));
    if (setting === undefined || nodes.length === 0) {
        return [];
    }
    const holding = datacenters.filter((datacenter) => datacenter.nodes.some((node) => nodes.includes(node)));
    const racks = holding.flatMap((datacenter) =>
        datacenter.racks.filter((rack) => rack.nodes.some((node) => nodes.includes(node))),
    );
    const allRacks = datacenters.flatMap((datacenter) => datacenter.racks);
    const place =
        holding.length === 1 && datacenters.length > 1
            ? datacenterName(context, holding[0]!.region)
            : racks.length === 1 && allRacks.length > 1
              ? `rack ${racks[0]!.name}`
              : undefined;
    return place === undefined
        ? []
        : [
              {
                  code: 'cassandra/seeds-together',
                  severity: 'warning',
                  message: `All seeds of ${cluster.name} stand in ${place} (${listed(nodes.map((node) => topology.nodes[node]!.name))}): while it is down no node can join, and gossip across a healed partition takes longer.`,
                  help: 'Name seeds in every datacenter, and in more than one rack.',
                  source: setting.source,
              },
          ];
}

function systemAuth(context: EngineContext): readonly Finding[] {
    const { topology, cluster } = context;
    const setting = context.written('authenticator');
    const declared = cluster.groups.some((group) => topology.groups[group]?.name === 'system_auth');
    return setting === undefined || declared || context.text('authenticator') === 'AllowAllAuthenticator'
        ? []
        : [
              {
                  code: 'cassandra/system-auth-replicas',
                  severity: 'warning',
                  message: `${cluster.name} checks logins, and nothing says how many copies \`system_auth\` has: with the single one that it is made with, logins fail while one node is down.`,
                  help: 'Declare it with its copies, for example `keyspace system_auth { replicas 3 }`.',
                  source: setting.source,
              },
          ];
}
