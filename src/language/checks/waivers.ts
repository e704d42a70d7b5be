import type { Finding, SourceRange } from '../../topology/index.js';
import { closest } from '../../topology/index.js';
import { allCodes } from '../explain/codes.js';
import * as ast from '../generated/ast.js';
import { encloses } from '../resolve/broken.js';
import { meant, removal, replacements, type Report } from '../resolve/report.js';
import { sourceOf, sourceOfProperty } from '../resolve/source.js';
import type { EngineLookup } from '../services.js';

/** What is found while a file is read, and not by looking at the design. */
const ABOUT_THE_FILE = new Set(['topology/placement-impossible', 'topology/copy-twice', 'topology/copy-on-stranger']);

/** Waivers for themselves: whether their codes exist and can be accepted, and whether they say why. */
export function checkWaivers(document: ast.Document, engines: EngineLookup, report: Report): void {
    const known = new Set(allCodes(engines.all).map(({ code }) => code));
    for (const waiver of waiversOf(document)) {
        const at = sourceOfProperty(waiver, 'code');
        const code = waiver.code.slice(0, 60);
        if (!known.has(waiver.code)) {
            const similar = closest(waiver.code, known);
            report.warning(
                'language/unknown-code',
                at,
                `No finding has the code '${code}', so this waiver accepts nothing.`,
                similar ? meant(similar) : 'Copy the code from the finding; `faultline explain` lists them all.',
                undefined,
                replacements(at, similar === undefined ? undefined : `"${similar}"`),
            );
        } else if (!isWaivable(waiver.code)) {
            report.warning(
                'language/not-waivable',
                at,
                `'${code}' is about the file or an answer and not about the design, so it cannot be accepted.`,
                'Mend what it says, and remove the waiver.',
                undefined,
                removal(sourceOf(waiver), 'Remove the waiver'),
            );
        }
        const { reason } = waiver as Partial<ast.Waiver>;
        if (reason?.trim() === '') {
            report.warning(
                'language/waiver-reason',
                sourceOfProperty(waiver, 'reason'),
                'This waiver gives no reason, so nobody can judge later whether it still holds.',
                'Say in a few words why the finding is accepted.',
            );
        }
    }
}

/** Waivers of findings that the design does not have: what they were for has been mended. */
export function checkUnusedWaivers(
    document: ast.Document,
    design: readonly Finding[],
    engines: EngineLookup,
    report: Report,
): void {
    const known = new Set(allCodes(engines.all).map(({ code }) => code));
    const clusters = document.declarations.filter(ast.isCluster).map((cluster) => sourceOf(cluster));
    for (const waiver of waiversOf(document)) {
        if (!known.has(waiver.code) || !isWaivable(waiver.code)) continue;
        const own = sourceOf(waiver.$container);
        const isUsed = design.some(({ code, source }) => code === waiver.code && mayConcern(source, own, clusters));
        if (isUsed) continue;
        report.information(
            'language/unused-waiver',
            sourceOf(waiver),
            `The cluster has no finding '${waiver.code}' any more, so this waiver accepts nothing.`,
            'Remove it, so that the finding is told if it comes back.',
            removal(sourceOf(waiver), 'Remove the waiver'),
        );
    }
}

/** A finding stands in its cluster, or at something outside, such as a node of a zone, that may be of several. */
function mayConcern(finding: SourceRange, own: SourceRange, clusters: readonly SourceRange[]): boolean {
    return encloses(own, finding) || !clusters.some((cluster) => encloses(cluster, finding));
}

function isWaivable(code: string): boolean {
    return !code.startsWith('language/') && !code.startsWith('objective/') && !ABOUT_THE_FILE.has(code);
}

function waiversOf(document: ast.Document): ast.Waiver[] {
    return document.declarations
        .filter(ast.isCluster)
        .flatMap(({ items }) => items.filter(ast.isWaiver))
        .filter(({ code }) => (code as string | undefined) !== undefined);
}
