import { expect, test } from 'vitest';
import { findEngine, settingDefault } from '../../../src/engines/index.js';

const { settings, versions } = findEngine('aurora')!;

function defaults(version: string): Readonly<Record<string, unknown>> {
    return Object.fromEntries(settings.map((spec) => [spec.key, settingDefault(spec, version)]));
}

test.each(versions)('defaults of %s', (version) => {
    expect(defaults(version)).toEqual({
        'db-instance-class': undefined,
        'rds.global_db_rpo': undefined,
        AuroraReplicaLag: 20,
        innodb_flush_log_at_trx_commit: '1',
        apg_ccm_enabled: false,
    });
});

test('every setting says what it does and where that was read', () => {
    for (const { documentation, source } of settings) {
        expect(documentation).toMatch(/\.$/);
        expect(source.url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
});
