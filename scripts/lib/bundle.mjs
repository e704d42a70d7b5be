import { join } from 'node:path';
import { build } from 'esbuild';
import { inProject } from './paths.mjs';

/**
 * Bundles a TypeScript module for Node, packages left outside, and returns the path of the bundle.
 * @param {string} entry path inside the package
 * @param {string} folder a folder inside the package, so that packages are found from there
 */
export async function bundled(entry, folder) {
    const outfile = join(folder, entry.replace(/^.*\//, '').replace(/\.ts$/, '.mjs'));
    await build({
        entryPoints: [inProject(entry)],
        outfile,
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        packages: 'external',
        inject: [inProject('scripts', 'polyfill.mjs')],
        logLevel: 'warning',
    });
    return outfile;
}
