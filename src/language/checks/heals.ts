import type { Fix, Scenario, SourceRange, Step } from '../../topology/index.js';
import { replacements, type Report } from '../resolve/report.js';

/** `heal` where no link is cut, slowed or lossy; after an `isolate` it is `restore` that was meant. */
export function checkHeals({ steps }: Scenario, report: Report): void {
    let hurt = false;
    const isolations: string[] = [];
    for (const step of steps) {
        const { kind } = step.fault;
        if (kind === 'partition' || kind === 'cut' || kind === 'slow' || kind === 'drop') {
            hurt = true;
        } else if (kind === 'isolate') {
            isolations.push(step.text);
        } else if (kind === 'heal') {
            if (!hurt) reportIdle(step, [...new Set(isolations)], report);
            // A repetition stands in the text once.
            return;
        }
    }
}

function reportIdle(step: Step, isolations: readonly string[], report: Report): void {
    const takesBack = '`heal` takes back partitions, cuts, delays and losses';
    const restores = isolations.map((text) => text.replace(/^isolate/, 'restore'));
    report.warning(
        'language/nothing-to-heal',
        step.source,
        isolations.length > 0
            ? `What was isolated stays isolated: ${takesBack}, and there is none before this step.`
            : `This step changes nothing: ${takesBack}, and there is none before it.`,
        isolations.length > 0
            ? `\`restore\` takes an isolation back: write \`${restores.join('`, `')}\`.`
            : 'Put it behind the step that it takes back, or remove it.',
        undefined,
        fixesOf(step, restores),
    );
}

/** Who leads may have changed since the isolation, so another node might be restored. */
function fixesOf({ source, text }: Step, [restore, ...others]: readonly string[]): readonly Fix[] {
    const isCertain = others.length === 0 && restore !== undefined && !/\bleader\b/.test(restore);
    return isCertain ? replacements(endOf(source, text.length), restore) : [];
}

/** A step ends with what it does. */
function endOf({ uri, end }: SourceRange, length: number): SourceRange {
    return { uri, start: { line: end.line, character: end.character - length }, end };
}
