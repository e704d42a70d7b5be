import { DefaultWorkspaceManager, UriUtils, type FileSystemNode } from 'langium';
import { ClusterTopologyLanguageMetaData } from './generated/module.js';

/**
 * Which files of a folder are read without anybody having opened or imported them. The registry takes any file for one of
 * ours, so the ending decides here: a folder may hold a hundred thousand others.
 */
export class WorkspaceFiles extends DefaultWorkspaceManager {
    override shouldIncludeEntry(entry: FileSystemNode): boolean {
        const endings: readonly string[] = ClusterTopologyLanguageMetaData.fileExtensions;
        return super.shouldIncludeEntry(entry) && (entry.isDirectory || endings.includes(UriUtils.extname(entry.uri)));
    }
}
