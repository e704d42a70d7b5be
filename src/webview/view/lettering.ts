/** How wide the editor's font is, so that what is too long is shortened to what fits. */
import { TYPE, textWidth, type Lettering } from '../../diagram/index.js';

/** As names of nodes are. */
const SAMPLE = 'production-cache-node-0123456789';

export function measuredLettering(): Lettering | undefined {
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) {
        return undefined;
    }
    const font = getComputedStyle(document.body).fontFamily;
    const measured = (weight: number): number => {
        context.font = `${weight} ${TYPE.name}px ${font}`;
        return context.measureText(SAMPLE).width / textWidth(SAMPLE, TYPE.name);
    };
    return { name: Math.max(1, measured(600)), plain: Math.max(1, measured(400)) };
}
