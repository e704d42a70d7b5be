import type { Demand } from '../../topology/index.js';

export const LEVELS = [
    'ANY',
    'ONE',
    'TWO',
    'THREE',
    'LOCAL_ONE',
    'QUORUM',
    'LOCAL_QUORUM',
    'EACH_QUORUM',
    'ALL',
    'SERIAL',
    'LOCAL_SERIAL',
] as const;

export type Level = (typeof LEVELS)[number];

/** The consistency that a request asks for; undefined for a word that is none, which the language reports. */
export function levelOf({ settings }: Pick<Demand, 'settings'>): Level | undefined {
    const written = settings.findLast(({ key }) => key === 'consistency')?.values[0]?.text;
    return written === undefined ? 'LOCAL_ONE' : LEVELS.find((level) => level === written);
}

/** Copies that a quorum of so many takes: more than half. */
export function quorumOf(copies: number): number {
    return Math.floor(copies / 2) + 1;
}

interface Count {
    /** `local`: those in the datacenter of the node that coordinates; `each`: those of every datacenter by themselves. */
    readonly among: 'all' | 'local' | 'each';
    /** How many of so many copies must answer. */
    readonly of: (copies: number) => number;
}

const just =
    (count: number): Count['of'] =>
    () =>
        count;

/**
 * What each level waits for. ANY takes a hint for an answer.
 *
 * Source: `blockFor` in https://github.com/apache/cassandra/blob/trunk/src/java/org/apache/cassandra/db/ConsistencyLevel.java
 */
export const COUNTS: Readonly<Record<Level, Count>> = {
    ANY: { among: 'all', of: just(1) },
    ONE: { among: 'all', of: just(1) },
    TWO: { among: 'all', of: just(2) },
    THREE: { among: 'all', of: just(3) },
    LOCAL_ONE: { among: 'local', of: just(1) },
    QUORUM: { among: 'all', of: quorumOf },
    LOCAL_QUORUM: { among: 'local', of: quorumOf },
    EACH_QUORUM: { among: 'each', of: quorumOf },
    ALL: { among: 'all', of: (copies) => copies },
    SERIAL: { among: 'all', of: quorumOf },
    LOCAL_SERIAL: { among: 'local', of: quorumOf },
};

/** Whether a majority of the copies in one datacenter must answer. */
export function needsLocalQuorum(level: Level | undefined): boolean {
    return level === 'LOCAL_QUORUM' || level === 'EACH_QUORUM' || level === 'LOCAL_SERIAL';
}

/** Whether a majority of the copies in all datacenters together must answer. */
export function needsGlobalQuorum(level: Level | undefined): boolean {
    return level === 'QUORUM' || level === 'SERIAL';
}
