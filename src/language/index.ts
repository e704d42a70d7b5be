export { loadWorkspace, type WorkspaceDocument, type WorkspaceOptions, type WorkspaceText } from './workspace.js';
export type { DesignCheck, DocumentResult } from './document.js';
export type { BrokenDeclaration } from './resolve/broken.js';
