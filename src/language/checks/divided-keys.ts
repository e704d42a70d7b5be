import type { SettingSpec } from '../../engines/index.js';
import type { Finding, Setting } from '../../topology/index.js';
import { quoted, writtenValue } from '../names/quoting.js';
import { replacements, type Report } from '../resolve/report.js';

const CODE = 'language/divided-key';

/** `timeout connect 500ms`: the first word was read as the key, the others as its value. Returns whether that was it. */
export function reportDividedKey(
    { key, values: [value], source, keySource }: Setting,
    known: readonly SettingSpec[],
    report: Report,
): boolean {
    const text = `${key} ${value?.text ?? ''}`;
    const whole = known.find((each) => each.key.startsWith(`${key} `) && isFirst(each.key, text))?.key;
    if (whole === undefined) return false;
    const [, rest = ''] = /^[\s=:]*(.*)$/s.exec(text.slice(whole.length)) ?? [];
    const written = rest === '' ? quoted(whole) : `${quoted(whole)} = ${writtenValue(rest)}`;
    report.error(
        CODE,
        keySource,
        `'${whole}' is one key of several words, which stand in quotes together.`,
        `Write ${written}.`,
        undefined,
        replacements(source, written).map((fix) => ({ ...fix, safe: true })),
    );
    return true;
}

function isFirst(words: string, text: string): boolean {
    return text.startsWith(words) && !/^[\w.-]/.test(text.slice(words.length));
}

/** What the parser says of a line in which it read such a key is the same mistake. */
export function withoutDividedKeys(findings: readonly Finding[]): readonly Finding[] {
    const lines = new Set(findings.filter(({ code }) => code === CODE).map(({ source }) => source.start.line));
    return findings.filter(({ code, source }) => code !== 'language/syntax' || !lines.has(source.start.line));
}
