import {
    clientSettingProblem,
    clientSettingsOf,
    settingPlaces,
    settingProblem,
    type Engine,
    type SettingScope,
    type SettingSpec,
    type SettingType,
} from '../../engines/index.js';
import { closest, type Cluster, type Fix, type Setting, type SettingValue } from '../../topology/index.js';
import { writtenValue } from '../names/quoting.js';
import { reportDividedKey } from './divided-keys.js';
import { meant, removal, replacements, type Report } from '../resolve/report.js';

/** Where a setting stands. */
interface Place {
    readonly scope: SettingScope;
    readonly engine: Engine;
    readonly cluster: Cluster;
}

/** One setting beside what the engine knows about it. */
export function checkSetting(setting: Setting, place: Place, report: Report): void {
    const { engine, scope } = place;
    const ofClient = scope === 'client' ? clientSettingsOf(engine).find(({ key }) => key === setting.key) : undefined;
    const spec = ofClient ?? engine.settings.find(({ key }) => key === setting.key);
    if (!spec) {
        reportUnknown(setting, place, report);
        return;
    }
    const problem = ofClient ? clientSettingProblem(spec, setting) : settingProblem(spec, setting);
    if (problem !== undefined) {
        const help = ofClient
            ? 'Write a value that a client can work with.'
            : `Write a value that ${engine.title} accepts.`;
        const fixes = meantValue(setting, spec);
        report.error('language/setting-value', setting.source, problem, help, undefined, fixes);
    } else if (!spec.scope.includes(scope)) {
        reportPlace(setting, spec, place, report);
    }
}

/** A slip is worth a warning; a key of the real system that changes no answer is not. */
function reportUnknown(setting: Setting, { engine, scope }: Place, report: Report): void {
    const { key, keySource } = setting;
    const known = scope === 'client' ? clientSettingsOf(engine) : engine.settings;
    if (reportDividedKey(setting, known, report)) return;
    const similar = closest(
        key,
        known.map((each) => each.key),
    );
    const owner =
        scope === 'client'
            ? `setting '${key.slice(0, 80)}' of ${engine.title}'s clients`
            : `${engine.title}'s setting '${key.slice(0, 80)}'`;
    if (similar === undefined) {
        report.information(
            'language/unknown-setting',
            keySource,
            `Faultline does not model ${owner}, so it changes no answer here.`,
            'It may stay. If it ought to change an answer, check the spelling.',
        );
        return;
    }
    report.warning(
        'language/unknown-setting',
        keySource,
        `Faultline does not know ${owner}, so it is left out of every answer.`,
        meant(similar),
        undefined,
        replacements(keySource, similar),
    );
}

function reportPlace(setting: Setting, spec: SettingSpec, { scope, cluster }: Place, report: Report): void {
    report.warning(
        'language/setting-place',
        setting.keySource,
        `'${setting.key}' is set ${settingPlaces(spec.scope)}, so it has no effect ${settingPlaces([scope])}.`,
        `Write it ${settingPlaces(spec.scope.slice(0, 1))}.`,
        undefined,
        [...moves(setting, spec, cluster), ...removal(setting.source, 'Remove it')],
    );
}

/** Where the cluster sets it already, both values cannot be right. */
function moves({ key, source }: Setting, { scope }: SettingSpec, cluster: Cluster): readonly Fix[] {
    return scope.includes('cluster') && !cluster.settings.some((each) => each.key === key)
        ? [
              {
                  kind: 'move-setting',
                  title: 'Move it to the settings of the cluster',
                  source,
                  declaration: cluster.source,
              },
          ]
        : [];
}

/**
 * What a value likely means that the setting does not take: `true` for `yes` beyond doubt, or a word with a slip. Where
 * nothing is alike, each value that it takes: a figure is never a slip of another one.
 */
function meantValue({ key, values: [value], source }: Setting, { type }: SettingSpec): readonly Fix[] {
    if (value === undefined) return [];
    const written = (meaning: string): readonly Fix[] => replacements(source, `${key} = ${writtenValue(meaning)}`);
    const [certain, likely] = meaningOf(value.text, type);
    if (certain !== undefined) return written(certain).map((fix) => ({ ...fix, safe: true }));
    if (likely !== undefined) return written(likely);
    return [...choicesOf(type), ...withUnits(value, type)].flatMap(written).map((fix) => ({ ...fix, open: true }));
}

function meaningOf(text: string, type: SettingSpec['type']): readonly [certain?: string, likely?: string] {
    const word = text.toLowerCase();
    if (type.kind === 'boolean') return [YES.has(word) ? type.yes : NO.has(word) ? type.no : undefined];
    if (type.kind !== 'enum') return [];
    const words = type.values.filter(isWord);
    return [type.values.find((each) => alike(each) === alike(text)), isWord(text) ? closest(text, words) : undefined];
}

function choicesOf(type: SettingSpec['type']): readonly string[] {
    if (type.kind === 'boolean') return [type.yes, type.no];
    return type.kind === 'enum' ? type.values : [];
}

/** A bare number where the system wants a unit: as milliseconds or, as people think of durations, in seconds. */
function withUnits(value: SettingValue, type: SettingType): readonly string[] {
    const isBare = value.kind === 'number' && value.unit === '' && value.value >= 0;
    if (type.kind !== 'duration' || type.refusesBare === undefined || !isBare) return [];
    const seconds = value.value % 1000 === 0 ? value.value / 1000 : value.value;
    return [`${String(value.value)}ms`, `${String(seconds)}s`];
}

function isWord(text: string): boolean {
    return /^[A-Za-z]/.test(text);
}

const YES = new Set(['yes', 'true', 'on', '1', 'enabled']);
const NO = new Set(['no', 'false', 'off', '0', 'disabled']);

/** `local-quorum` means LOCAL_QUORUM. */
function alike(word: string): string {
    return word.toLowerCase().replaceAll('-', '_');
}
