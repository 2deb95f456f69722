import type { Univer } from '@univerjs/presets';
import {
  type FWorksheet,
  IRenderManagerService,
  SHEET_VIEWPORT_KEY,
  SheetSkeletonManagerService,
} from '@univerjs/presets/preset-sheets-core';
import type { Area } from '../../src/workbook/address';

/** A rectangle in CSS pixels, from the upper left corner of the grid's canvas. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where cells are on the canvas now, and the part of the canvas in which they scroll. */
export interface Place {
  box: Box;
  view: Box;
  canvas: HTMLCanvasElement;
}

/** Where cells of the sheet that is shown lie on the canvas; nothing before it is drawn. */
export function placeOf(univer: Univer, sheet: FWorksheet, area: Area): Place | undefined {
  const render = univer
    .__getInjector()
    .get(IRenderManagerService)
    .getRenderById(sheet.getSheet().getUnitId());
  const skeleton = render?.with(SheetSkeletonManagerService).getSkeletonParam(sheet.getSheetId())?.skeleton;
  const main = render?.scene.getViewport(SHEET_VIEWPORT_KEY.VIEW_MAIN);
  const canvas = render?.engine.getCanvasElement();
  if (!render || !skeleton || !main || !canvas) return undefined;

  const { scaleX, scaleY } = render.scene.getAncestorScale();
  const start = skeleton.getNoMergeCellWithCoordByIndex(area.top, area.left);
  const end = skeleton.getNoMergeCellWithCoordByIndex(area.bottom, area.right);
  const { startRow, startColumn } = sheet.getFreeze();
  // What is frozen does not scroll; the rest scrolls right of and below it.
  const [frozenX, frozenY] = [area.left < startColumn, area.top < startRow];
  const x = (at: number) => (frozenX ? at : at - main.viewportScrollX) * scaleX;
  const y = (at: number) => (frozenY ? at : at - main.viewportScrollY) * scaleY;
  const left = (frozenX ? skeleton.rowHeaderWidth : main.left) * scaleX;
  const top = (frozenY ? skeleton.columnHeaderHeight : main.top) * scaleY;
  return {
    box: {
      left: x(start.startX),
      top: y(start.startY),
      width: (end.endX - start.startX) * scaleX,
      height: (end.endY - start.startY) * scaleY,
    },
    view: { left, top, width: canvas.clientWidth - left, height: canvas.clientHeight - top },
    canvas,
  };
}
