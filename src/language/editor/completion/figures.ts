import { CompletionItemKind } from 'vscode-languageserver';
import { RANK, type CompletionRequest, type Proposal } from './request.js';

const UNIT_NAMES: Readonly<Record<string, string>> = {
    s: 'seconds',
    ms: 'milliseconds',
    m: 'minutes',
    h: 'hours',
    d: 'days',
    y: 'years',
};

/** Figures that often stand in a place of the grammar, by rule and property. */
const DURATIONS: Readonly<Record<string, readonly string[]>> = {
    'Step.time': ['30s', '1m', '5m'],
    'Step.period': ['1m', '1h'],
    'Until.time': ['5m', '10m', '15m'],
    'RestoreWithin.limit': ['10s', '30s', '1m'],
    'LoseWrites.limit': ['1s', '5s'],
    'Assumption.minimum': ['15s'],
    'Assumption.maximum': ['60s'],
    'FailureRate.every': ['180d', '1y', '3y', '10y'],
    'FailureRate.repair': ['10m', '4h', '1d'],
    'Slow.delay': ['50ms', '200ms'],
    'Roll.period': ['2m', '5m'],
    'ExpectService.limit': ['10s', '30s'],
    'ExpectService.time': ['1m'],
    'ExpectHealth.time': ['1m'],
    'ExpectDrain.time': ['5m'],
    'ExpectLeader.time': ['1m', '5m'],
    'ExpectReplicated.time': ['10m'],
    'ExpectCapacity.time': ['1m'],
};

const OTHERS: Readonly<Record<string, readonly string[]>> = {
    'Demand.rate': ['100/s', '1000/s'],
    'MinimumAvailability.minimum': ['99.9%', '99.95%', '99.99%'],
    'MinimumDurability.minimum': ['99.999999999%'],
    'ExpectAvailability.minimum': ['99%', '99.9%', '99.99%'],
    'ExpectCapacity.share': ['50%', '60%'],
    'Drop.share': ['1%', '10%'],
    'FailureCount.count': ['1', '2'],
};

/** Figures with their units, where the grammar wants one. */
export function figureProposals({ expected, cursor }: CompletionRequest): Proposal[] {
    return expected.flatMap(({ rule, property, keyword }) => {
        const place = `${rule}.${property ?? ''}`;
        if (keyword !== undefined) return [];
        if (Object.hasOwn(DURATIONS, place)) return durationProposals(cursor.typed, DURATIONS[place]);
        const [digits] = /^\d+$/.exec(cursor.typed) ?? [];
        if (place === 'Demand.rate' && digits !== undefined) return [`${digits}/s`, `${digits}/min`].map(valueProposal);
        return (Object.hasOwn(OTHERS, place) ? (OTHERS[place] ?? []) : []).map(valueProposal);
    });
}

/** `30` may become `30s`, `30ms`, `30m`, …; where nothing is typed, what is usual. */
export function durationProposals(typed: string, usual: readonly string[] = []): Proposal[] {
    const [, digits] = /^(\d+)[a-z]*$/.exec(typed) ?? [];
    if (digits === undefined) return typed === '' ? usual.map(valueProposal) : [];
    return Object.entries(UNIT_NAMES).map(([unit, name], index) => ({
        label: `${digits}${unit}`,
        kind: CompletionItemKind.Unit,
        rank: index < 2 ? RANK.first : RANK.likely,
        detail: name,
    }));
}

function valueProposal(label: string): Proposal {
    return { label, kind: CompletionItemKind.Value, rank: RANK.likely };
}
