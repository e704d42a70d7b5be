/** Reads that may miss the latest write, where a scenario expects none. */
import type { Expectation, Finding, Fix, Workload } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { Level } from '../consistency.js';
import { consistencyFix, sourceOf } from './consistency.js';
import { isAbout, type Keyspace, type Part, type Request } from './keyspaces.js';
import { meet, waitOf, type Wait } from './overlap.js';

/** Somebody who reads or writes, and a datacenter in which that is coordinated. */
interface Asker {
    /** Missing for the probe that asks where no workload does. */
    readonly request?: Request;
    readonly level: Level;
    readonly local: Part;
}

const DEFAULT_LEVEL = 'LOCAL_ONE';

export function checkStaleReads(context: EngineContext, keyspace: Keyspace): readonly Finding[] {
    const expected = expectation(context, keyspace);
    if (expected === undefined) {
        return [];
    }
    const writers = askers(context, keyspace, 'write');
    const told = new Set<Request | undefined>();
    return askers(context, keyspace, 'read').flatMap((reader) => {
        const missed = writers.find((writer) => !meet(keyspace, wait(keyspace, reader), wait(keyspace, writer)));
        if (missed === undefined || told.has(reader.request)) {
            return [];
        }
        told.add(reader.request);
        return [finding(keyspace, expected, reader, missed)];
    });
}

function expectation(context: EngineContext, keyspace: Keyspace): Expectation | undefined {
    return context.topology.scenarios
        .flatMap(({ expectations }) => expectations)
        .find(
            (each) =>
                each.kind === 'stale-reads' &&
                each.bound === 'most' &&
                each.limit === 0 &&
                isAbout(context, keyspace, [each.target]),
        );
}

/** Workloads ask in their own region; those outside of all that hold the keyspace may ask in any. */
function askers(context: EngineContext, { requests, parts }: Keyspace, operation: 'read' | 'write'): readonly Asker[] {
    const own = requests.filter(({ demand }) => demand.operation === operation);
    if (own.length === 0) {
        return parts.map((local) => ({ level: DEFAULT_LEVEL, local }));
    }
    return own.flatMap((request) => {
        const { level, workload } = request;
        const region = regionOf(context, workload);
        const near = parts.filter((part) => part.region !== undefined && part.region === region);
        return level === undefined ? [] : (near.length > 0 ? near : parts).map((local) => ({ request, level, local }));
    });
}

function regionOf({ topology }: EngineContext, { place }: Workload): number | undefined {
    return place?.kind === 'zone' ? topology.zones[place.zone]?.region : place?.region;
}

function wait(keyspace: Keyspace, { level, local }: Asker): Wait {
    return waitOf(keyspace, level, local);
}

function finding(keyspace: Keyspace, expected: Expectation, reader: Asker, writer: Asker): Finding {
    const who = ({ request }: Asker, verb: string): string =>
        request === undefined ? `What ${verb} it where no workload does` : `${request.workload.name} ${verb} it`;
    const readsAt = `${who(reader, 'reads')} with ${reader.level}, which waits for ${wait(keyspace, reader).text}`;
    const writesAt = `${who(writer, 'writes').replace(/^W/, 'w')} with ${writer.level}, which waits for ${wait(keyspace, writer).text}`;
    const far = reader.local !== writer.local && reader.level === 'LOCAL_QUORUM' && writer.level === 'LOCAL_QUORUM';
    return {
        code: 'cassandra/stale-reads',
        severity: 'warning',
        message: `A scenario expects no stale reads in ${keyspace.name}. ${readsAt}, and ${writesAt}: these may be other copies, so a read may miss the latest write.`,
        help: far
            ? 'Write with `consistency = EACH_QUORUM`, or read and write in one datacenter.'
            : 'Read and write with `consistency = LOCAL_QUORUM` in one datacenter: any two quorums share a copy.',
        source: reader.request === undefined ? expected.source : sourceOf(reader.request),
        related: [{ source: expected.source, message: 'It is expected here.' }],
        fixes: changes(keyspace, reader, writer),
    };
}

/** Another consistency of one of the two, as far as it is enough. */
function changes(keyspace: Keyspace, reader: Asker, writer: Asker): readonly Fix[] {
    const others: readonly (readonly [Asker, Asker, Level])[] = [
        [reader, writer, 'LOCAL_QUORUM'],
        [writer, reader, 'LOCAL_QUORUM'],
        [writer, reader, 'EACH_QUORUM'],
    ];
    return others.flatMap(([asker, other, level]) => {
        const isEnough = meet(keyspace, wait(keyspace, { ...asker, level }), wait(keyspace, other));
        return asker.request === undefined || !isEnough ? [] : consistencyFix(asker.request, level);
    });
}
