import { type TouchEvent, useRef } from "react";

/** A quick stroke to the side turns a page; a slow one, or one that goes up or down, does not. */
export function useSwipe(turn: (by: 1 | -1) => void) {
  const start = useRef<{ x: number; y: number; at: number } | null>(null);
  return {
    onTouchStart: ({ touches, timeStamp }: TouchEvent) => {
      const touch = touches[0];
      start.current =
        touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY, at: timeStamp } : null;
    },
    onTouchEnd: ({ changedTouches, timeStamp }: TouchEvent) => {
      const touch = changedTouches[0];
      const from = start.current;
      start.current = null;
      if (!from || !touch || timeStamp - from.at > 350) return;
      const [across, down] = [touch.clientX - from.x, touch.clientY - from.y];
      if (Math.abs(across) < 60 || Math.abs(across) < 2 * Math.abs(down)) return;
      turn(across < 0 ? 1 : -1);
    },
  };
}
