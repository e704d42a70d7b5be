import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder, absolute. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything that can be fetched or built again; ignored by git. */
export const cacheFolder = join(projectRoot, '.cache');

/** Absolute path of something in the package. @param {string[]} parts */
export const inProject = (...parts) => join(projectRoot, ...parts);
