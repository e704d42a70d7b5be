/** What the extension and the drawing's webview tell each other. Every message is told apart by `type`. */
import type { Drawing } from '../diagram/index.js';
import type { SourceRange } from '../topology/index.js';

export type ToWebview =
    | { readonly type: 'drawing'; readonly drawing: Drawing; readonly title: string }
    /** The last good drawing stays; the message says why it is not newer. */
    | { readonly type: 'problem'; readonly message: string }
    /** Emphasises the element that the cursor stands on; null for none. `id` as in the drawing. */
    | { readonly type: 'select'; readonly id: string | null };

export type FromWebview =
    | { readonly type: 'ready' }
    /** The user wants to see where an element is written. */
    | { readonly type: 'reveal'; readonly source: SourceRange }
    | { readonly type: 'layout-failed'; readonly message: string };
