export * from './drawing.js';
export { drawnElements, drawnNodes, drawnPlaces, nodesWithin } from './elements.js';
export { chosenDrawing } from './chosen.js';
export { copyFactsAt, copyNow, labelAt, leadsControl, nodeFactsAt, nodeNow, roleAt } from './copy-state.js';
export { placeState, placeStateWords } from './place-state.js';
export { serviceAt, serviceMark, serviceNow, type Service } from './service.js';
export { foldedScene } from './folded-scene.js';
export { legendItems } from './legend.js';
export { foldedDrawing } from './folded.js';
export { toDrawing } from './to-drawing.js';
export { packZones, type Packing } from './pack.js';
export { layoutDrawing, type Layout } from './layout.js';
export { applyElk, skeletonGraph } from './elk.js';
export { layoutInProcess } from './elk-in-process.js';
export { sceneOf, type Scene } from './scene.js';
export { linksScene, shownLinks } from './scene-links.js';
export type { LinkNow } from './links-now.js';
export type { SceneOptions } from './scene-element.js';
export { wayBetween } from './way.js';
export { spokenCopy } from './scene-card.js';
export { spokenLabel } from './scene-element.js';
export { lineTo } from './scene-link.js';
export { around, TYPE, type Box } from './geometry.js';
export { textWidth, visible, type Lettering } from './text.js';
export { svg, type SvgChild, type SvgElement } from './svg.js';
export {
    inFont,
    PALETTES,
    playingStylesheet,
    stylesheet,
    THEME_NAMES,
    TONE_DASHES,
    type Palette,
    type ThemeName,
} from './theme.js';
export { descriptionOf, pictureOf, renderSvg, summary, titleOf, type ShownInstant } from './render.js';
export { describedPng } from './png-text.js';
export { mermaidOf } from './mermaid.js';
export { placedDrawing, placeDrawing, type PlacedDrawing } from './placed.js';
export { drawSvg, type DrawOptions } from './draw.js';
export * from './playback/playback.js';
export { momentAt, type Moment } from './playback/moment.js';
export { nodeView } from './playback/node-view.js';
export { clock } from './playback/clock.js';
export { conditionWords, wholeCondition } from './playback/condition.js';
export { isDown } from './playback/doubts.js';
export { copyMark, HATCH, isTroubled, markGroup, marksOf, troubleOf, worstDoubt, type CopyTrouble } from './marks.js';
export type { Doubt } from './playback/doubts.js';
export { patchBetween, patched, type DrawingPatch, type ListPatch } from './patch.js';
export { elementNamed, type NamedElement } from './element-named.js';
export { clientId, clusterId, laneId, nodeId } from './ids.js';
export { standingAt, standingIn } from './playback/standing.js';
export { actionsOn, type ActionEntry, type LiveAction, type LiveStart, type LiveStep } from './playback/actions.js';
