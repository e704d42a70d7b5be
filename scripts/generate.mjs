/** Generates the parser's tables and the syntax tree's types from the grammar into src/language/generated. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const polyfill = pathToFileURL(join(root, 'scripts', 'polyfill.mjs')).href;
const langium = join(root, 'node_modules', 'langium-cli', 'bin', 'langium.js');
if (!existsSync(langium)) {
    process.stderr.write('langium-cli is not installed. Run `npm ci` first.\n');
    process.exit(2);
}
const { status } = spawnSync(
    process.execPath,
    ['--import', polyfill, langium, 'generate', '--file', 'src/language/langium-config.json'],
    { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
