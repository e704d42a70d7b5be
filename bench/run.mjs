/**
 * `npm run bench`: runs every bench/*.bench.mjs and bench/*.bench.ts and prints one table. `npm run bench -- server` runs those
 * whose file name holds the word. A benchmark's module exports `bench`, a function that returns rows; it never fails on a time.
 *
 * Row: `{ what, value, limit? , note? }`, three texts that carry their units and a peer or a limit measured in the same run.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundled } from '../scripts/lib/bundle.mjs';
import { cacheFolder, inProject } from '../scripts/lib/paths.mjs';

/** @typedef {{ what: string, value: string, limit?: string, note?: string }} Row */

const wanted = process.argv[2] ?? '';
const files = (await readdir(inProject('bench'))).filter(
    (file) => /\.bench\.(mjs|ts)$/.test(file) && file.includes(wanted),
);

await mkdir(cacheFolder, { recursive: true });
const scratch = await mkdtemp(join(cacheFolder, 'bench-'));
try {
    /** @type {Row[]} */
    const rows = [];
    for (const file of files.sort()) rows.push(...(await runBenchmark(file)));
    printTable(rows);
} finally {
    await rm(scratch, { recursive: true, force: true });
}

/** @param {string} file @returns {Promise<Row[]>} */
async function runBenchmark(file) {
    process.stderr.write(`${file} …\n`);
    const path = file.endsWith('.ts') ? await bundled(`bench/${file}`, scratch) : inProject('bench', file);
    const module = await import(pathToFileURL(path).href);
    return module.bench();
}

/** @param {Row[]} rows */
function printTable(rows) {
    const table = [
        ['what', 'measured', 'peer or limit', ''],
        ...rows.map((row) => [row.what, row.value, row.limit ?? '', row.note ?? '']),
    ];
    const widths = [0, 1, 2].map((column) => Math.max(...table.map((cells) => (cells[column] ?? '').length)));
    for (const cells of table)
        process.stdout.write(
            `${cells
                .map((cell, column) => cell.padEnd(widths[column] ?? 0))
                .join('  ')
                .trimEnd()}\n`,
        );
}
