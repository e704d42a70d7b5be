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

/** Whether a majority of the copies in one datacenter must answer. */
export function needsLocalQuorum(level: Level | undefined): boolean {
    return level === 'LOCAL_QUORUM' || level === 'EACH_QUORUM' || level === 'LOCAL_SERIAL';
}

/** Whether a majority of the copies in all datacenters together must answer. */
export function needsGlobalQuorum(level: Level | undefined): boolean {
    return level === 'QUORUM' || level === 'SERIAL';
}
