/** What a keyspace says about datacenters. */
import { counted, listed, type CopiesInPlace, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useReplicas } from '../../shared/checks/fixes.js';
import { datacentersOf } from '../datacenters.js';
import { datacenterName, groundOf, type Keyspace } from './keyspaces.js';

export function checkDatacenters(context: EngineContext, keyspace: Keyspace): readonly Finding[] {
    return [
        ...(keyspace.simple ? simpleStrategy(context, keyspace) : unclearDatacenter(context, keyspace)),
        ...(keyspace.simple ? [] : unknownDatacenter(context, keyspace)),
        ...tooManyCopies(context, keyspace),
    ];
}

function simpleStrategy(context: EngineContext, { name, group }: Keyspace): readonly Finding[] {
    const regions = regionsOf(context);
    return regions.length < 2
        ? []
        : [
              {
                  code: 'cassandra/simple-strategy-datacenters',
                  severity: 'warning',
                  message: `${name} uses SimpleStrategy in ${listed(regions)}: it puts copies on the next nodes of the ring whatever datacenter they are in, so a range may have none in one of them, and LOCAL_QUORUM counts the copies of both.`,
                  help: 'Use NetworkTopologyStrategy and say how many copies each datacenter keeps.',
                  source: group.source,
                  fixes: [
                      {
                          kind: 'set-setting',
                          title: 'Use NetworkTopologyStrategy',
                          declaration: group.source,
                          key: 'replication',
                          value: 'NetworkTopologyStrategy',
                      },
                  ],
              },
          ];
}

/** One number of copies in a cluster of several datacenters. */
function unclearDatacenter(context: EngineContext, { name, group }: Keyspace): readonly Finding[] {
    const regions = regionsOf(context);
    if (group.perPlace !== undefined || regions.length < 2) {
        return [];
    }
    const each = regions.map((region) => `${region} ${String(group.copies)}`).join(', ');
    return [
        {
            code: 'cassandra/replicas-without-datacenter',
            severity: 'error',
            message: `${name} does not say which of ${listed(regions)} keeps how many copies: NetworkTopologyStrategy counts them for each datacenter, and releases differ in what one number for all means.`,
            help: `Write \`replicas ${each}\`.`,
            source: group.source,
            fixes: [useReplicas(group.source, each)],
        },
    ];
}

function unknownDatacenter(context: EngineContext, { name, group, parts }: Keyspace): readonly Finding[] {
    const known = new Set(parts.map(({ region }) => region));
    const unknown = (group.perPlace ?? []).filter(({ place }) => place.kind === 'zone' || !known.has(place.region));
    const kept = (group.perPlace ?? []).filter((entry) => !unknown.includes(entry));
    // Without any datacenter that is known there is no place for it at all, and that is told already.
    if (unknown.length === 0 || parts.length === 0) {
        return [];
    }
    return [
        {
            code: 'cassandra/unknown-datacenter',
            severity: 'error',
            message: `${name} wants copies in ${listed(unknown.map(({ place }) => placeName(context, place)))}, which is no datacenter of ${context.cluster.name}: Cassandra from 4.0 on refuses such a keyspace, and older releases keep no copy there.`,
            help: `Name regions with nodes of the cluster: ${listed(regionsOf(context))}.`,
            source: group.source,
            fixes: kept.length === 0 ? [] : [useReplicas(group.source, perPlaceText(context, kept))],
        },
    ];
}

function tooManyCopies(context: EngineContext, { name, group, parts, simple }: Keyspace): readonly Finding[] {
    const short = parts.filter(({ copies, nodes }) => copies > nodes.length);
    const [first] = short;
    if (first === undefined) {
        return [];
    }
    const whole = simple || group.perPlace === undefined;
    const fewer = whole
        ? String(first.nodes.length)
        : perPlaceText(
              context,
              (group.perPlace ?? []).map((entry) => {
                  const part = short.find(
                      ({ region }) => entry.place.kind === 'region' && entry.place.region === region,
                  );
                  return part === undefined ? entry : { ...entry, copies: part.nodes.length };
              }),
          );
    return [
        {
            code: 'cassandra/replication-above-nodes',
            severity: 'error',
            runs: true,
            message: `${name} wants ${counted(first.copies, 'copy', 'copies')} in ${first.name}, which has ${counted(first.nodes.length, 'node')}: Cassandra takes the keyspace and keeps fewer copies, while quorums are still counted from ${String(first.copies)}.`,
            help: 'Add nodes, or lower `replicas`.',
            source: group.source,
            fixes: parts.length > 1 && whole ? [] : [useReplicas(group.source, fewer)],
        },
    ];
}

function perPlaceText(context: EngineContext, entries: readonly CopiesInPlace[]): string {
    return entries.map(({ place, copies }) => `${placeName(context, place)} ${String(copies)}`).join(', ');
}

function placeName({ topology }: EngineContext, place: CopiesInPlace['place']): string {
    return place.kind === 'region' ? topology.regions[place.region]!.name : topology.zones[place.zone]!.qualifiedName;
}

function regionsOf(context: EngineContext): readonly string[] {
    return datacentersOf(groundOf(context)).map(({ region }) => datacenterName(context, region));
}
