export { loadWorkspace, type WorkspaceDocument, type WorkspaceOptions } from './workspace.js';
export type { BrokenDeclaration } from './resolve/broken.js';
