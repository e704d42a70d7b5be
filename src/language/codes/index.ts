/** The pages of all codes that the language itself reports. */
import { questionCodes } from './questions.js';
import { nameCodes } from './names.js';
import { objectiveCodes } from './objectives.js';
import type { CodePage } from './page.js';
import { runCodes } from './runs.js';
import { syntaxCodes } from './syntax.js';
import { valueCodes } from './values.js';
import { waiverCodes } from './waivers.js';
import { wordCodes } from './words.js';

export { exampleText, type CodePage } from './page.js';

export const languageCodes: readonly CodePage[] = [
    ...syntaxCodes,
    ...nameCodes,
    ...wordCodes,
    ...valueCodes,
    ...questionCodes,
    ...waiverCodes,
    ...objectiveCodes,
    ...runCodes,
];
