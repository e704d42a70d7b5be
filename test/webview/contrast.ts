/** Contrasts of the drawing in a page or a frame of one. */
import { buildSync } from 'esbuild';
import { inProject } from '../../scripts/lib/paths.mjs';

interface Pair {
    readonly what: string;
    readonly kind: 'text' | 'graphic';
    readonly colour: string;
    readonly behind: string;
    readonly ratio: number;
}

/** WCAG 2.2, 1.4.3 and 1.4.11. */
const LEAST: Readonly<Record<Pair['kind'], number>> = { text: 4.5, graphic: 3 };

interface Evaluating {
    evaluate<T>(expression: string): Promise<T>;
}

let script: string | undefined;

/** Each kind of word or shape that stands out less than it must, once; and how many were looked at. */
export async function faintIn(
    frame: Evaluating,
): Promise<{ readonly faint: readonly string[]; readonly seen: number }> {
    script ??= buildSync({
        entryPoints: [inProject('test', 'webview', 'harness', 'contrast.ts')],
        bundle: true,
        format: 'iife',
        globalName: 'contrast',
        target: 'es2022',
        write: false,
    }).outputFiles[0]?.text;
    const pairs = await frame.evaluate<readonly Pair[]>(`(() => { ${script ?? ''}; return contrast.contrasts(); })()`);
    const faint = pairs.filter(({ kind, ratio }) => ratio < LEAST[kind]);
    return {
        faint: [...new Set(faint.map(words))],
        seen: pairs.length,
    };
}

const words = ({ what, colour, behind, ratio }: Pair): string =>
    `${what}: ${colour} on ${behind} is ${ratio.toFixed(2)} to 1`;
