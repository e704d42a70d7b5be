import { ExitCode, MisuseError } from '../exit.js';
import { openFile } from '../input/workspace.js';
import { writeOutput } from '../input/write.js';
import { themeOption } from '../options.js';
import type { Theme } from '../rooms.js';
import type { Session } from '../session.js';
import type { Register } from './command.js';
import { reportMisread } from './misread.js';

interface DrawOptions {
    readonly output?: string;
    readonly theme: Theme;
}

export const registerDraw: Register = (program, session, finish) => {
    program
        .command('draw')
        .summary('draw the topology as an SVG')
        .description('Draws regions, zones, nodes, the copies on them and the links between them, as an SVG.')
        .argument('<file>', 'a .cluster file, or - for standard input')
        .option('--output <file>', 'write the SVG to this file instead of standard output')
        .addOption(themeOption())
        .action(async (path: string, options: DrawOptions) => finish(await draw(path, options, session)));
};

async function draw(path: string, { output, theme }: DrawOptions, session: Session): Promise<ExitCode> {
    if (output !== undefined && output !== '-' && !output.toLowerCase().endsWith('.svg')) {
        throw new MisuseError(`Only SVG is drawn, so the name of the output ends in .svg; ${output} does not.`);
    }
    const { document, sources } = await openFile(path, session);
    if (reportMisread(document, sources, session) !== ExitCode.Clean) {
        session.console.say([[`${document.file.name} is drawn when these errors are mended.`]]);
        return ExitCode.Findings;
    }
    const svg = await session.rooms.draw(document.topology, theme);
    if (output === undefined || output === '-') {
        session.console.data(svg.endsWith('\n') ? svg : `${svg}\n`);
    } else {
        await writeOutput(output, svg, session);
    }
    return ExitCode.Clean;
}
