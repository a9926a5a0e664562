/** The words of the frame of the screen. */
export const shellText = {
  edges: {
    left: 'Width of tools and labels',
    inspector: 'Width of the inspector',
    timeline: 'Height of the timeline',
    plots: 'Height of the plots',
  },
  close: 'Close',
  edgeTip: 'Drag to resize; double-click for the size it came with',
} as const;
