/** What a producer's own keys make of its patience. Durations in milliseconds. */
import { setDuration, type Operation, type Setting } from '../../topology/index.js';
import { settingDefault } from '../context.js';
import type { ClientPatience, SettingSpec } from '../engine.js';
import { readSetting } from '../settings.js';
import { CLIENT_SETTINGS } from '../shared/client-settings.js';
import { client } from './settings/client.js';

/** Either of these says how long a producer goes on, and makes the defaults of the others count; so do {@link boundsRetries}. */
const DECIDING = ['delivery.timeout.ms', 'request.timeout.ms'] as const;

/** Keys that play a part only where a producer's patience follows Kafka's rules. */
const TIMES = [
    ...DECIDING,
    'max.in.flight.requests.per.connection',
    'retry.backoff.ms',
    'retry.backoff.max.ms',
    'socket.connection.setup.timeout.ms',
    'socket.connection.setup.timeout.max.ms',
] as const;

/** Retries that nobody counts: what Kafka has by default, and the most that it takes. */
export const NO_END = 2_147_483_647;

/** `reconnect.backoff.ms` and `reconnect.backoff.max.ms`: the first pause before a lost connection is opened again, and the longest. */
export const FIRST_RECONNECT_MS = 50;
export const LONGEST_RECONNECT_MS = 1_000;

export interface ProducerTimes {
    /** From when the record is handed over until it has failed, whatever happens to it. */
    readonly deliveryMs: number;
    /** What the file, or else the default, says about it; Kafka refuses less than one request may take. */
    readonly writtenDeliveryMs: number;
    /** How long one request may go unanswered before its connection is given up. */
    readonly requestMs: number;
    readonly retries: number;
    /** Requests that are sent over one connection before the first of them is answered. */
    readonly requestsUnderWay: number;
    /** The first pause before a record is sent again, and the longest; it doubles (KIP-580, from 3.7). */
    readonly backoffMs: number;
    readonly longestBackoffMs: number;
    /** How long a connection may take to come about; it doubles while it does not, up to the second. */
    readonly setupMs: number;
    readonly longestSetupMs: number;
}

/** Undefined where no key says how patient the producer is, so that it is as patient as every client. */
export function producerTimes(settings: readonly Setting[], version: string): ProducerTimes | undefined {
    const isKafkas = settings.some(({ key }) => DECIDING.some((deciding) => deciding === key));
    if (!isKafkas && !boundsRetries(settings, version)) {
        return undefined;
    }
    const read = (key: string): number => figure(settings, key, version);
    const requestMs = read('request.timeout.ms');
    // What the producer does with a delivery timeout that nobody has written (KafkaProducer.configureDeliveryTimeout).
    const writtenDeliveryMs = read('delivery.timeout.ms');
    const deliveryMs = Math.max(writtenDeliveryMs, requestMs + read('linger.ms'));
    const hasMaximum = settingDefault(specOf('retry.backoff.max.ms'), version) !== undefined;
    const longestBackoffMs = read(hasMaximum ? 'retry.backoff.max.ms' : 'retry.backoff.ms');
    const setupMs = read('socket.connection.setup.timeout.ms');
    return {
        deliveryMs,
        writtenDeliveryMs,
        requestMs,
        retries: read('retries'),
        requestsUnderWay: read('max.in.flight.requests.per.connection'),
        // Where the longest pause is the shorter one, it is the only one (KIP-580).
        backoffMs: Math.min(read('retry.backoff.ms'), longestBackoffMs),
        longestBackoffMs,
        setupMs,
        longestSetupMs: Math.max(setupMs, read('socket.connection.setup.timeout.max.ms')),
    };
}

/**
 * A number of `retries` alone is a producer's own word. With `timeout` beside it, it says how often every client tries, whatever
 * system it asks.
 */
function boundsRetries(settings: readonly Setting[], version: string): boolean {
    return figure(settings, 'retries', version) < NO_END && !settings.some(({ key }) => key === 'timeout');
}

/** Of a workload that does not say how often. */
const RETRIES = 1;

const ASSUMED =
    'count as failed after 1 s without an answer and one retry, which is an assumption; where `delivery.timeout.ms`, `request.timeout.ms` or `retries` is set, Kafka’s own rules decide';

/** As the proof, the simulation and the notes of their results have it. */
export function patience(operation: Operation, settings: readonly Setting[], version: string): ClientPatience {
    const times = operation === 'write' ? producerTimes(settings, version) : undefined;
    const isEndless = figure(settings, 'retries', version) >= NO_END;
    // Whoever writes the default of `retries` has said nothing by it.
    const written = settings.map(({ key }) => key).filter((key) => key !== 'retries' || !isEndless);
    if (times === undefined) {
        const isIdle = isEndless && settings.some(({ key }) => key === 'retries');
        const isSaid = operation === 'read' || written.some((key) => key === 'timeout' || key === 'retries');
        return {
            ...(!isSaid && { told: ASSUMED }),
            ...(isIdle && { patience: { timeoutMs: figure(settings, 'timeout', version), retries: RETRIES } }),
            idle: [...written.filter((key) => TIMES.some((time) => time === key)), ...(isIdle ? ['retries'] : [])],
        };
    }
    const { deliveryMs, requestMs, retries } = times;
    const counted = retries >= NO_END ? '' : `, or after ${counts(retries)}`;
    return {
        patience: { timeoutMs: deliveryMs, retries, deadlineMs: deliveryMs },
        told: `count as failed after ${setDuration(deliveryMs)} (\`delivery.timeout.ms\`)${counted}; a request may go unanswered for ${setDuration(requestMs)} (\`request.timeout.ms\`)`,
        idle: written.filter((key) => key === 'timeout'),
    };
}

function figure(settings: readonly Setting[], key: string, version: string): number {
    const spec = specOf(key);
    const written = settings.findLast((setting) => setting.key === key);
    const reading = written && readSetting(spec, written);
    const value = reading?.fits === true ? reading.value : settingDefault(spec, version);
    return typeof value === 'number' ? value : 0;
}

function specOf(key: string): SettingSpec {
    return [...client, ...CLIENT_SETTINGS].find((spec) => spec.key === key)!;
}

function counts(retries: number): string {
    return retries === 1 ? '1 retry' : `${String(retries)} retries`;
}
