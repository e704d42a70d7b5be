/** Makes faultline-<version>.vsix out of release bundles and says how large it is; one that is too large is a failure. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createVSIX } from '@vscode/vsce';
import { inProject } from './lib/paths.mjs';
import { withoutPictures } from './lib/readme.mjs';
import { run } from './lib/run.mjs';

const LIMIT_MEGABYTES = 1.5;
const README = 'dist/README.md';

/** @type {{ version: string }} */
const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
const vsix = inProject(`faultline-${version}.vsix`);

await run(process.execPath, [inProject('scripts', 'generate.mjs')]);
await run(process.execPath, [inProject('scripts', 'build.mjs'), '--release'], { show: true });
await writeFile(inProject(README), withoutPictures(await readFile(inProject('README.md'), 'utf8')));
await createVSIX({
    cwd: inProject(),
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    // Without a repository there is no address that links could be rewritten to.
    rewriteRelativeLinks: false,
    readmePath: README,
    skipLicense: false,
});
const megabytes = (await stat(vsix)).size / 1e6;
process.stdout.write(`${vsix}: ${megabytes.toFixed(2)} MB (limit: ${LIMIT_MEGABYTES} MB)\n`);
if (megabytes > LIMIT_MEGABYTES) process.exitCode = 1;
