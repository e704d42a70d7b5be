/** Parameters that lose writes, hold them back, or do nothing. */
import { setDuration, type Finding, type Setting } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { readSetting } from '../../settings.js';
import { secondariesOf } from '../../shared/replications.js';
import { acknowledgesEarly } from '../durability.js';
import { flavourOf } from '../flavour.js';
import { promotionOrder, tierOf, writerOf } from '../promotion.js';
import { GLOBAL_RPO } from '../settings.js';
import { instanceClass } from '../sizes.js';

const SHORTEST_RPO_MS = 20_000;

const FLAVOUR_OF_SETTING = {
    'rds.global_db_rpo': 'postgresql',
    apg_ccm_enabled: 'postgresql',
    innodb_flush_log_at_trx_commit: 'mysql',
} as const;

const FLAVOUR_TITLE = { mysql: 'Aurora MySQL', postgresql: 'Aurora PostgreSQL' } as const;

export function checkSettings(context: EngineContext): readonly Finding[] {
    return [
        ...ofOtherFlavour(context),
        ...recoveryPoint(context),
        ...commitWithoutStorage(context),
        ...warmReader(context),
    ];
}

function ofOtherFlavour(context: EngineContext): readonly Finding[] {
    return Object.entries(FLAVOUR_OF_SETTING).flatMap(([key, flavour]) => {
        const setting = context.written(key);
        const actual = flavourOf(context.cluster.version ?? '');
        return setting === undefined || actual === undefined || actual === flavour
            ? []
            : [
                  withoutEffect(
                      setting,
                      `'${key}' is a parameter of ${FLAVOUR_TITLE[flavour]}, and ${context.cluster.name} is ${FLAVOUR_TITLE[actual]}`,
                  ),
              ];
    });
}

function withoutEffect(setting: Setting, reason: string): Finding {
    return {
        code: 'aurora/setting-without-effect',
        severity: 'warning',
        message: `${reason}: it has no effect.`,
        help: 'Remove it.',
        source: setting.source,
        fixes: [{ kind: 'remove-statement', title: `Remove '${setting.key}'`, safe: true, source: setting.source }],
    };
}

function recoveryPoint(context: EngineContext): readonly Finding[] {
    const { cluster } = context;
    const setting = context.written('rds.global_db_rpo');
    if (setting === undefined || flavourOf(cluster.version ?? '') === 'mysql') {
        return [];
    }
    const value = recoveryPointMs(setting);
    if (value === undefined || value === Infinity) {
        return [];
    }
    if (value < SHORTEST_RPO_MS) {
        return [tooShort(context, setting, value)];
    }
    const [only, another] = secondariesOf(context);
    return only === undefined || another !== undefined
        ? []
        : [
              {
                  code: 'aurora/global-rpo-blocks-commits',
                  severity: 'warning',
                  message: `${only.cluster.name} is the only secondary of ${cluster.name}: as soon as it lags by more than ${setDuration(value)}, because it or the link to it fails, every commit of ${cluster.name} waits.`,
                  help: 'Add a secondary in a third Region, or leave the setting out if writes must go on.',
                  source: setting.source,
                  related: [{ source: only.replication.source, message: 'It is replicated to here.' }],
              },
          ];
}

/** Undefined for a value that is no duration, which the language reports. */
function recoveryPointMs(setting: Setting): number | undefined {
    const reading = readSetting(GLOBAL_RPO, setting);
    return reading.fits && typeof reading.value === 'number' ? reading.value : undefined;
}

function tooShort(context: EngineContext, setting: Setting, value: number): Finding {
    return {
        code: 'aurora/global-rpo-too-short',
        severity: 'error',
        message: `'rds.global_db_rpo' is ${setDuration(value)}, and Aurora takes no less than 20 seconds.`,
        help: 'Use at least 20; leave it out if nothing is to be held back.',
        source: setting.source,
        fixes: [
            // With a single secondary any value lets that one stop the commits.
            ...(secondariesOf(context).length > 1
                ? [
                      {
                          kind: 'replace',
                          title: 'Use 20 seconds',
                          source: setting.source,
                          text: 'rds.global_db_rpo = 20',
                      } as const,
                  ]
                : []),
            { kind: 'remove-statement', title: `Remove '${setting.key}'`, source: setting.source },
        ],
    };
}

function commitWithoutStorage(context: EngineContext): readonly Finding[] {
    const key = 'innodb_flush_log_at_trx_commit';
    const setting = context.written(key);
    const value = context.text(key);
    if (setting === undefined || !acknowledgesEarly(context)) {
        return [];
    }
    return [
        {
            code: 'aurora/commit-before-storage',
            severity: 'warning',
            message: `With '${key} = ${value}' a commit does not wait for the storage: writes that ${context.cluster.name} has acknowledged are lost when its writer fails.`,
            help: 'Use 1, the default, unless the data can be made again.',
            source: setting.source,
            fixes: [{ kind: 'replace', title: 'Use 1', source: setting.source, text: `${key} = 1` }],
        },
    ];
}

function warmReader(context: EngineContext): readonly Finding[] {
    const { cluster } = context;
    const setting = context.written('apg_ccm_enabled');
    if (setting === undefined || !context.boolean('apg_ccm_enabled') || flavourOf(cluster.version ?? '') === 'mysql') {
        return [];
    }
    const [, next] = promotionOrder(cluster.members, context);
    const writer = writerOf(cluster.members);
    const isFit =
        next !== undefined &&
        writer !== undefined &&
        tierOf(next) === 0 &&
        instanceClass(context, next) === instanceClass(context, writer);
    return isFit
        ? []
        : [
              {
                  code: 'aurora/no-warm-reader',
                  severity: 'warning',
                  message: `Cluster cache management of ${cluster.name} is on, and no reader in tier 0 has the class of the writer: no cache is kept warm.`,
                  help: 'Give one reader of the writer’s class `tier 0`, and no other reader.',
                  source: setting.source,
              },
          ];
}
