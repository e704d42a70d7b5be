/** Figures in two parts, as other texts write them: `35 seconds`, `100 rps`, `1,000/s`. */
import type { LangiumDocument } from 'langium';
import type { Finding, SourceRange } from '../../topology/index.js';
import { unitOf } from '../names/units.js';

/** A number at the end of what stands before the second part. */
const NUMBER = /(?<![\w."-])\d+(?:\.\d+)?$/;
const THOUSANDS = /^((?:,\d{3})+)((?:\.\d+)?(?:\/?[A-Za-z]+|%)?)(?![\w,])/;

/** Longer figures are no figures. */
const LONGEST = 40;

/** @param at where the parser stopped: the second part */
export function dividedFigure(at: SourceRange, { textDocument }: LangiumDocument): Finding | undefined {
    const { start, end } = at;
    if (start.line !== end.line) return undefined;
    const before = textDocument.getText({ start: { line: start.line, character: 0 }, end: start });
    const [number = ''] = NUMBER.exec(before.trimEnd()) ?? [];
    const gap = before.length - before.trimEnd().length;
    if (number === '') return undefined;
    const unit = gap > 0 ? unitOf(textDocument.getText({ start, end })) : undefined;
    if (unit !== undefined) return apart(number + unit, unit, at, gap);
    const behind = textDocument.getText({ start, end: { line: start.line, character: start.character + LONGEST } });
    const [rest, digits = '', ofThousands = ''] = THOUSANDS.exec(behind) ?? [];
    const isGrouped = rest !== undefined && gap === 0 && /^\d{1,3}$/.test(number);
    return isGrouped ? grouped(number, rest, digits.replaceAll(',', '') + ofThousands, at) : undefined;
}

function apart(figure: string, unit: string, at: SourceRange, gap: number): Finding {
    const title = 'Write the unit next to its number';
    const begin = { line: at.start.line, character: at.start.character - gap };
    return {
        code: 'language/syntax',
        severity: 'error',
        message: `${title}: ${figure}.`,
        help: `Write ${figure}.`,
        source: at,
        fixes: [{ kind: 'replace', title, source: { ...at, start: begin }, text: unit, safe: true }],
    };
}

function grouped(number: string, rest: string, meant: string, { uri, start }: SourceRange): Finding {
    const text = number + meant;
    const source = {
        uri,
        start: { line: start.line, character: start.character - number.length },
        end: { line: start.line, character: start.character + rest.length },
    };
    return {
        code: 'language/syntax',
        severity: 'error',
        message: `A number is written without commas: ${text}.`,
        help: `Write ${text}.`,
        source,
        fixes: [{ kind: 'replace', title: `Change to ${text}`, source, text, safe: true }],
    };
}
