/** Mouse, pen and touch: drag and wheel pan, the wheel with Ctrl zooms, a click chooses. */
import type { Viewport } from './viewport.js';

/** A hand that moves less than this clicks. */
const CLICK_RADIUS = 4;
const WHEEL_ZOOM = 0.002;
const LINE_HEIGHT = 16;

export function listenToPointer(frame: HTMLElement, viewport: Viewport, clicked: (element: Element) => void): void {
    let last: { x: number; y: number } | undefined;
    let dragging = false;
    frame.addEventListener('pointerdown', (event) => {
        if (event.button === 0 || event.button === 1) {
            last = { x: event.clientX, y: event.clientY };
            dragging = false;
        }
    });
    frame.addEventListener('pointermove', (event) => {
        if (last === undefined) {
            return;
        }
        const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
        if (!dragging && Math.hypot(dx, dy) < CLICK_RADIUS) {
            return;
        }
        if (!dragging) {
            dragging = true;
            frame.setPointerCapture(event.pointerId);
            frame.classList.add('dragging');
        }
        last = { x: event.clientX, y: event.clientY };
        viewport.moving();
        viewport.pan(dx, dy);
    });
    const release = (): void => {
        last = undefined;
        frame.classList.remove('dragging');
    };
    frame.addEventListener('pointerup', release);
    frame.addEventListener('pointercancel', release);
    frame.addEventListener('click', (event) => {
        if (!dragging && event.target instanceof Element) {
            clicked(event.target);
        }
        dragging = false;
    });
    frame.addEventListener(
        'wheel',
        (event) => {
            event.preventDefault();
            viewport.moving();
            const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
            if (event.ctrlKey || event.metaKey) {
                const box = frame.getBoundingClientRect();
                const at = { x: event.clientX - box.left, y: event.clientY - box.top };
                viewport.zoomBy(Math.exp(-event.deltaY * unit * WHEEL_ZOOM), at);
            } else if (event.shiftKey) {
                viewport.pan(-event.deltaY * unit, 0);
            } else {
                viewport.pan(-event.deltaX * unit, -event.deltaY * unit);
            }
        },
        { passive: false },
    );
}
