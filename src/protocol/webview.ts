/** What the extension and the drawing's webview tell each other. Every message is told apart by `type`. See DRAWING.md. */
import type { Drawing, DrawingPatch, LiveStart, LiveStep, Playback, ThemeName } from '../diagram/index.js';
import type { SourceRange } from '../topology/index.js';

export type ToWebview =
    /** A whole drawing: the first one, and whenever a patch would not be smaller. */
    | { readonly type: 'drawing'; readonly drawing: Drawing; readonly version: number }
    /** What is different from the drawing of version `base`; a webview that shows another one asks with `ready`. */
    | { readonly type: 'patch'; readonly base: number; readonly version: number; readonly patch: DrawingPatch }
    /** The last good drawing stays; the message says why it is not newer. */
    | { readonly type: 'problem'; readonly message: string }
    /** The drawing shows less than the text says, which is not understood at the moment; null: it shows all of it. */
    | { readonly type: 'lag'; readonly message: string | null }
    /** Emphasises the element that the cursor stands on; null for none. `id` as in the drawing. */
    | { readonly type: 'select'; readonly id: string | null }
    /** What can be run: the names of the file's scenarios, in its order. */
    | { readonly type: 'scenarios'; readonly names: readonly string[] }
    /** A run is under way; its answer is `playback` or `not-played`. */
    | { readonly type: 'playing'; readonly title: string }
    /** `beside`: to be compared with the one that is shown. */
    | {
          readonly type: 'playback';
          readonly playback: Playback;
          readonly beside: boolean;
          /** Where the playhead stands; without it at the first step. */
          readonly atMs?: number;
      }
    | { readonly type: 'not-played'; readonly message: string }
    /**
     * Whether the run that is shown, or was last, would go another way over the text as it is now; `beside`: whether the one
     * that it is compared with would, if there is one.
     */
    | { readonly type: 'outdated'; readonly outdated: boolean; readonly beside: boolean }
    /** The steps stand in the file now, as a scenario of this name. */
    | { readonly type: 'saved'; readonly name: string; readonly source: SourceRange }
    /** A command of the editor, as if its button in the page had been pressed. */
    | { readonly type: 'command'; readonly command: PreviewCommand }
    /** Send the picture as a file; the answer is `export`. */
    | { readonly type: 'make-picture'; readonly format: PictureFormat; readonly look: PictureLook };

export type PreviewCommand = 'fit' | 'search' | 'close-playback';

export type PictureFormat = 'svg' | 'png';

export interface PictureLook {
    /** Without it in the colours that are shown. */
    readonly theme?: ThemeName;
    /** Name of a font that comes before those of the theme. */
    readonly font?: string;
}

/** What was clicked together: the steps, and the played scenario that goes on with them if one does. */
export interface LiveWish {
    readonly steps: readonly LiveStep[];
    readonly after?: LiveStart;
    readonly seed?: number;
}

export type FromWebview =
    /** The page is up, or shows another drawing than a patch was made for: send all of it. */
    | { readonly type: 'ready' }
    /** The user wants to see where something is written. */
    | { readonly type: 'reveal'; readonly source: SourceRange }
    /** Run the steps that were clicked together, in order of time. `beside`: as in `playback`. */
    | ({ readonly type: 'break'; readonly beside: boolean } & LiveWish)
    /** Run a scenario of the file. */
    | { readonly type: 'play'; readonly scenario: string; readonly seed?: number; readonly beside: boolean }
    /** Give up the run under way, if there is one. */
    | { readonly type: 'cancel' }
    /** Write the steps into the file. */
    | ({ readonly type: 'save-scenario' } & LiveWish)
    /** The user wants the picture as a file: the answer is `make-picture`, in the look of the settings. */
    | { readonly type: 'want-picture'; readonly format: PictureFormat }
    /** The picture as it is shown, to be written to a file that the user chooses. `data`: SVG text, or PNG as base64. */
    | { readonly type: 'export'; readonly format: PictureFormat; readonly data: string }
    | { readonly type: 'layout-failed'; readonly message: string };
