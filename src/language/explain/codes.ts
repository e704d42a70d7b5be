import { engines as registeredEngines, sharedCodes, type Engine } from '../../engines/index.js';
import { languageCodes, type CodePage } from '../codes/index.js';

/** The pages of all codes that anything reports: the language, the shared checks, and these engines. */
export function allCodes(engines: readonly Engine[] = registeredEngines): readonly CodePage[] {
    return [...languageCodes, ...sharedCodes, ...engines.flatMap((engine) => engine.codes)];
}
