import type { EngineContext } from '../engine.js';
import { flavourOf } from './flavour.js';

/** The log buffer is flushed about once a second, as InnoDB documents it. */
export const FLUSH_EVERY_MS = 1000;

/** Whether a commit may be acknowledged before the volume has it; with `2` Aurora MySQL still waits from version 3 on. */
export function acknowledgesEarly(context: EngineContext): boolean {
    const key = 'innodb_flush_log_at_trx_commit';
    const version = context.cluster.version ?? '';
    const value = context.text(key);
    const waits = value === '1' || (value === '2' && !/mysql 2(\.|$)/i.test(version));
    return context.written(key) !== undefined && !waits && flavourOf(version) !== 'postgresql';
}
