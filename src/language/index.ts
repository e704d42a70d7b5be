export { loadWorkspace, type WorkspaceDocument, type WorkspaceOptions } from './workspace.js';
export { allCodes, explain, type Explanation } from './explain/index.js';
export { createFormatter, type TextFormatter } from './format/index.js';
export type { CodePage } from './codes/index.js';
export type { BrokenDeclaration } from './resolve/broken.js';
export { playbackOf } from './play/playback.js';
