import type { Engine, FactSource, SettingDefault, SettingSpec } from '../../engines/index.js';
import { assertNever } from '../../topology/index.js';

/** The default that counts for a version; without one that of the newest version. */
export function defaultText(spec: SettingSpec): string {
    const value = spec.defaultsSince?.at(-1)?.value ?? spec.default;
    return value === undefined ? 'none' : valueText(spec, value);
}

function valueText({ type }: SettingSpec, value: SettingDefault): string {
    if (typeof value === 'boolean') return type.kind === 'boolean' ? (value ? type.yes : type.no) : String(value);
    return type.kind === 'duration' ? `${String(value)} ms` : String(value);
}

function typeText({ type }: SettingSpec): string {
    switch (type.kind) {
        case 'duration':
            return `duration; a bare number counts ${type.unit === 'ms' ? 'milliseconds' : 'seconds'}`;
        case 'number':
            return 'number';
        case 'boolean':
            return `${type.yes} or ${type.no}`;
        case 'enum':
            return type.values.join(' | ');
        case 'text':
            return 'text';
        default:
            return assertNever(type);
    }
}

/** Markdown for hover and completion. */
export function settingMarkdown(spec: SettingSpec, engine: Engine): string {
    const effect = spec.modelled ? '' : '\n\n*Has no effect on simulation and proof.*';
    return (
        `**${spec.key}** · ${engine.title}\n\n${spec.documentation}\n\n` +
        `Default: \`${defaultText(spec)}\` · ${typeText(spec)}\n\nSource: ${sourceMarkdown(spec.source)}${effect}`
    );
}

export function engineMarkdown(engine: Engine): string {
    return `**${engine.title}**\n\n${engine.documentation}\n\nVersions: ${engine.versions.join(', ')}`;
}

function sourceMarkdown({ title, url, unconfirmed }: FactSource): string {
    const shown = url === undefined ? title : `[${title}](${url})`;
    return unconfirmed ? `${shown} (an assumption: no source was found)` : shown;
}
