import { fileURLToPath } from 'node:url';
import { dirname, sep } from 'node:path';
import { readTextFile, type SourceFile } from './input/read.js';
import type { Analysis, Document, Rooms } from './rooms.js';

/** The project's own rooms. In Node everything runs in this process: no editor has to stay responsive meanwhile. */
export const projectRooms: Rooms = {
    load: loadDocuments,
    analysis: loadAnalysis,
    explain: async () => {
        const { allCodes, explain } = await import('../language/index.js');
        return { allCodes: () => allCodes(), explain: (word, setting) => explain(word, setting) };
    },
    formatter: async () => (await import('../language/index.js')).createFormatter(),
    draw: async (topology, look) => (await import('../diagram/index.js')).drawSvg(topology, look),
    drawPng: async (topology, look) => {
        const [{ drawSvg, describedPng, descriptionOf, titleOf, toDrawing }, { rasterized }] = await Promise.all([
            import('../diagram/index.js'),
            import('./output/png.js'),
        ]);
        const drawing = toDrawing(topology);
        const words = { title: titleOf(drawing), description: descriptionOf(drawing, look.instant) };
        return describedPng(await rasterized(await drawSvg(topology, look), look.font), words);
    },
    instantOf: async (topology, result, atMs) => {
        const [{ momentAt }, { playbackOf }] = await Promise.all([
            import('../diagram/index.js'),
            import('../language/index.js'),
        ]);
        const playback = playbackOf(topology, result, result.verdict.name);
        return { moment: momentAt(playback, atMs), title: playback.title };
    },
    drawMermaid: async (topology) => {
        const { mermaidOf, toDrawing } = await import('../diagram/index.js');
        return mermaidOf(toDrawing(topology));
    },
    drawJson: async (topology) => (await import('../diagram/index.js')).placeDrawing(topology),
};

async function loadDocuments(files: readonly SourceFile[], cwd: string): Promise<readonly Document[]> {
    const [{ loadWorkspace }, { collectFindings }] = await Promise.all([
        import('../language/index.js'),
        import('../analysis/index.js'),
    ]);
    const folders = [
        cwd,
        ...files.flatMap(({ uri }) => (uri.startsWith('file:') ? [dirname(fileURLToPath(uri))] : [])),
    ];
    const documents = await loadWorkspace(files, {
        readFile: (uri) => readImport(uri, folders),
        design: (topology) => collectFindings(topology),
    });
    return documents.flatMap(({ findings, topology, broken }, index) => {
        const file = files[index];
        return file === undefined ? [] : [{ file, findings, topology, broken }];
    });
}

/** Imports stay in the working directory and in the folders of the files that were named. */
async function readImport(uri: string, folders: readonly string[]): Promise<string | undefined> {
    if (!uri.startsWith('file:')) {
        return undefined;
    }
    const path = fileURLToPath(uri);
    return folders.some((folder) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep))
        ? readTextFile(path)
        : undefined;
}

async function loadAnalysis(): Promise<Analysis> {
    const analysis = await import('../analysis/index.js');
    return {
        prove: (topology, objective, timeoutMs) =>
            analysis.proveObjective(
                topology,
                topology.objectives.indexOf(objective),
                timeoutMs === undefined ? {} : { timeoutMs },
            ),
        run: (topology, scenario, seed) =>
            analysis.runScenario(topology, topology.scenarios.indexOf(scenario), { seed }),
        minimise: (topology, scenario, seed) => analysis.minimise(topology, scenario, { seed }),
        story: analysis.report,
        testJson: analysis.testJson,
        proveJson: analysis.proveJson,
        simulateJson: analysis.simulateJson,
    };
}
