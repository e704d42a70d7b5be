export { allCodes } from './codes.js';
export { explain, type Explanation } from './find.js';
export { codeMarkdown } from './markdown.js';
