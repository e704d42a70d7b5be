import type { ShownInstant } from '../../diagram/index.js';
import type { Topology } from '../../topology/index.js';
import { ExitCode, MisuseError } from '../exit.js';
import { openFile } from '../input/workspace.js';
import { writeOutput } from '../input/write.js';
import { drawingFormatOption, fontOption, instantOption, seedOption, themeOption } from '../options.js';
import { DRAWING_FORMATS, type DrawingFormat, type Theme } from '../rooms.js';
import type { Session } from '../session.js';
import type { Register } from './command.js';
import { shownInstant, wishedInstant, type InstantOptions } from './draw-instant.js';
import { reportMisread } from './misread.js';

interface DrawOptions extends InstantOptions {
    readonly output?: string;
    readonly format?: DrawingFormat;
    readonly theme: Theme;
    readonly font?: string;
}

const FORMATS_HELP = `
Formats:
  svg      a picture that scales, in the theme and font asked for
  png      the same picture in twice as many pixels; needs --output and the package @resvg/resvg-js
  mermaid  a flowchart for documents that render Mermaid; it has a layout and colours of its own
  json     the drawing with its positions: title, summary, width, height; elements (kind, id, label,
           facts, line, parent, x, y, width, height; nodes with clusters, roles and copies) and
           links (kind, id, label, facts, line, from, to, count, asynchronous, standby where no requests
           come, points), in pixels from the upper left corner

Drawings carry their title and a description for those who do not see them. An instant of a run (--scenario, --at)
is drawn as svg or png alone.`;

export const registerDraw: Register = (program, session, finish) => {
    program
        .command('draw')
        .summary('draw the topology as a picture, a flowchart or data')
        .description(
            "Draws regions, zones, nodes, the copies on them and the links between them: the picture of the editor's preview.",
        )
        .argument('<file>', 'a .cluster file, or - for standard input')
        .option('--output <file>', 'write to this file instead of standard output; its ending names the format')
        .addOption(drawingFormatOption())
        .addOption(themeOption())
        .addOption(fontOption())
        .option('--scenario <name>', 'draw an instant of a run of this scenario; with --at')
        .addOption(instantOption())
        .addOption(seedOption())
        .addHelpText('after', FORMATS_HELP)
        .action(async (path: string, options: DrawOptions) => finish(await draw(path, options, session)));
};

async function draw(path: string, options: DrawOptions, session: Session): Promise<ExitCode> {
    const output = options.output === '-' ? undefined : options.output;
    const format = options.format ?? formatOf(output);
    refuseOtherEnding(output, format);
    if (format === 'png' && output === undefined) {
        throw new MisuseError('A PNG is not printed: say with --output which file to write it to.');
    }
    const wish = wishedInstant(options);
    if (wish !== undefined && format !== 'svg' && format !== 'png') {
        throw new MisuseError(`States at an instant are drawn as svg or png, not as ${format}.`);
    }
    const { document, sources } = await openFile(path, session);
    if (reportMisread(document, sources, session) !== ExitCode.Clean) {
        session.console.say([[`${document.file.name} is drawn when these errors are mended.`]]);
        return ExitCode.Findings;
    }
    if (isEmpty(document.topology)) {
        session.console.say([[`${document.file.name} declares no place, node or cluster: there is nothing to draw.`]]);
        return ExitCode.Findings;
    }
    const instant = wish && (await shownInstant(wish, options.seed, { document, sources }, session));
    if (typeof instant === 'number') {
        return instant;
    }
    const drawn = await drawnAs(format, document.topology, { ...options, ...(instant && { instant }) }, session);
    if (output !== undefined) {
        await writeOutput(output, drawn, session);
    } else if (typeof drawn === 'string') {
        session.console.data(drawn.endsWith('\n') ? drawn : `${drawn}\n`);
    }
    return ExitCode.Clean;
}

function isEmpty({ regions, nodes, clusters }: Topology): boolean {
    return regions.length + nodes.length + clusters.length === 0;
}

async function drawnAs(
    format: DrawingFormat,
    topology: Topology,
    { theme, font, instant }: DrawOptions & { readonly instant?: ShownInstant },
    { rooms }: Session,
): Promise<string | Uint8Array> {
    const look = { theme, ...(font === undefined ? {} : { font }), ...(instant && { instant }) };
    switch (format) {
        case 'svg':
            return rooms.draw(topology, look);
        case 'png':
            return rooms.drawPng(topology, look);
        case 'mermaid':
            return rooms.drawMermaid(topology);
        case 'json':
            return `${JSON.stringify(await rooms.drawJson(topology), null, 2)}\n`;
    }
}

const ENDINGS: Readonly<Record<string, DrawingFormat>> = {
    svg: 'svg',
    png: 'png',
    mmd: 'mermaid',
    mermaid: 'mermaid',
    json: 'json',
};

/** As the file's ending says; SVG where there is no file. */
function formatOf(output: string | undefined): DrawingFormat {
    if (output === undefined) {
        return 'svg';
    }
    const format = formatOfEnding(output);
    if (format === undefined) {
        throw new MisuseError(
            `The ending of ${output} does not say what to draw: it is one of ` +
                `${Object.keys(ENDINGS)
                    .map((each) => `.${each}`)
                    .join(', ')}, or --format names one of ${DRAWING_FORMATS.join(', ')}.`,
        );
    }
    return format;
}

/** Undefined where the file's ending is none of the known ones. */
function formatOfEnding(output: string): DrawingFormat | undefined {
    const ending = /\.([a-z]+)$/i.exec(output)?.[1]?.toLowerCase() ?? '';
    return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}

/** Nobody looks for a PNG in a file that says that it is an SVG. */
function refuseOtherEnding(output: string | undefined, format: DrawingFormat): void {
    const named = output === undefined ? undefined : formatOfEnding(output);
    if (named !== undefined && named !== format) {
        throw new MisuseError(
            `${output} is named as ${named}, but --format asks for ${format}: leave one of them out.`,
        );
    }
}
