/**
 * Plain JavaScript in place of native modules that only install scripts could build: a logger and a watchdog that ends the
 * server with its parent. Without them the server works too, but fills its log with errors.
 */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const WATCHDOG = `exports.start = () => {}; exports.exit = (code) => process.exit(code || 0);\n`;

const LOGGER = `
const fs = require('node:fs');
const path = require('node:path');
class Logger {
    constructor(file) {
        this.file = file;
        if (file) fs.mkdirSync(path.dirname(file), { recursive: true });
    }
    write(level, text) {
        if (this.file) fs.appendFile(this.file, new Date().toISOString() + ' [' + level + '] ' + text + '\\n', () => {});
    }
    getLevel() { return 2; }
    setLevel() {}
    setPattern() {}
    clearFormatters() {}
    flush() {}
    drop() {}
}
for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'critical'])
    Logger.prototype[level] = function (text) { this.write(level, text); };
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger(file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
`;

/** @type {readonly { module: string, source: string, onlyIfThere: boolean }[]} */
const STAND_INS = [
    { module: 'native-watchdog', source: WATCHDOG, onlyIfThere: true },
    { module: '@vscode/native-watchdog', source: WATCHDOG, onlyIfThere: true },
    { module: '@vscode/spdlog', source: LOGGER, onlyIfThere: false },
];

/** Puts the stand-ins into the server at `root`. @param {string} root */
export async function placeStandIns(root) {
    for (const { module, source, onlyIfThere } of STAND_INS) {
        const folder = join(root, 'node_modules', module);
        if (onlyIfThere && !(await exists(folder))) continue;
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder, { recursive: true });
        await writeFile(
            join(folder, 'package.json'),
            JSON.stringify({ name: module, version: '0.0.0', main: 'index.js' }),
        );
        await writeFile(join(folder, 'index.js'), source);
    }
}

/** @param {string} path */
const exists = (path) =>
    stat(path).then(
        () => true,
        () => false,
    );
