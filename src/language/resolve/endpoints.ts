import type { Endpoint } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { isProperty, isServes } from '../generated/ast.js';
import {
    countFrom,
    DURATION,
    readProperties,
    TEXT,
    YES_NO,
    type PropertyTable,
    type PropertyValues,
} from './properties.js';
import { sourceOf } from './source.js';
import type { Draft, Resolution } from './state.js';

const CHECKS: PropertyTable = { check: DURATION, timeout: DURATION, fall: countFrom(1), rise: countFrom(1) };

export const ENDPOINT_PROPERTIES: Readonly<Record<Endpoint['kind'], PropertyTable>> = {
    vip: { advertise: DURATION, preempt: YES_NO, 'preempt-delay': DURATION, ...CHECKS },
    'load-balancer': { balance: TEXT, ...CHECKS, 'cross-zone': YES_NO, 'fail-open': YES_NO },
    dns: { ttl: DURATION, ...CHECKS },
    discovery: {},
};

const NAMES: Readonly<Record<Endpoint['kind'], string>> = {
    vip: 'A virtual address',
    'load-balancer': 'A load balancer',
    dns: 'A DNS name',
    discovery: 'Discovery',
};

export function resolveEndpoint(statement: ast.Endpoint, resolution: Resolution): Endpoint {
    const { kind, address } = statement;
    const values = readEndpointProperties(statement.items.filter(isProperty), kind, resolution);
    const serves = statement.items.find(isServes)?.what ?? 'all';
    return {
        kind,
        ...(address === undefined ? {} : { address }),
        serves,
        ...timing(values),
        source: sourceOf(statement),
    };
}

export function readEndpointProperties(
    properties: readonly ast.Property[],
    kind: Endpoint['kind'],
    resolution: Resolution,
): PropertyValues {
    return readProperties(properties, ENDPOINT_PROPERTIES[kind], NAMES[kind], resolution.report, resolution.figures);
}

/** Figures of an endpoint that the file gives; what it leaves out stays out. */
export function timing(values: PropertyValues): Partial<Endpoint> {
    const all: Partial<Draft<Endpoint>> = {};
    const set = <K extends keyof Endpoint>(key: K, value: Endpoint[K] | undefined): void => {
        if (value !== undefined) Object.assign(all, { [key]: value });
    };
    set('advertiseMs', values.number('advertise'));
    set('preempt', values.boolean('preempt'));
    set('preemptDelayMs', values.number('preempt-delay'));
    set('balance', values.text('balance'));
    set('checkMs', values.number('check'));
    set('timeoutMs', values.number('timeout'));
    set('fall', values.number('fall'));
    set('rise', values.number('rise'));
    set('ttlMs', values.number('ttl'));
    set('crossZone', values.boolean('cross-zone'));
    set('failOpen', values.boolean('fail-open'));
    return all;
}
